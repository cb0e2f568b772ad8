import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenTestFinished } from '../support/finished.js';

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'obn-')));
  whenTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
