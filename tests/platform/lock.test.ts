import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { takeLock } from '../../src/platform/lock.js';
import { workerName } from '../../src/platform/process.js';
import { whenTestFinished } from '../support/finished.js';

function lockFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'obn-'));
  whenTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'lock');
}

describe('a lock', () => {
  it('is exclusive until it is released', async () => {
    const path = lockFile();
    const release = await takeLock(path, () => undefined);
    expect(readFileSync(path, 'utf8')).toBe(workerName());
    let [waits, taken] = [0, false];
    const second = takeLock(path, () => waits++).then((give) => {
      taken = true;
      return give;
    });
    await vi.waitFor(() => expect(waits).toBe(1));
    expect(taken).toBe(false);
    await release();
    await (await second)();
    expect(waits).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it('of a killed process is taken over immediately', async () => {
    const path = lockFile();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(path, `${hostname()}:${pid}`);
    const waiting = vi.fn();
    const release = await takeLock(path, waiting);
    expect(waiting).not.toHaveBeenCalled();
    expect(readFileSync(path, 'utf8')).toBe(workerName());
    await release();
    expect(existsSync(path)).toBe(false);
  });
});
