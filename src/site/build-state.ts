import { join } from 'node:path';
import { z } from 'zod';
import { exists, readBytes, writeFile } from '../platform/files.js';
import { issueFacts, pageFacts } from './issue-facts.js';

const MAX_BYTES = 256_000_000;

const schema = z.object({
  version: z.literal(2),
  /** By the name of the file: the digest of its text and of the setting, and what was read. */
  issues: z.record(z.string(), z.object({ key: z.string(), facts: issueFacts })),
  /** By number: what the page was made of, and what came of it. */
  pages: z.record(z.string(), z.object({ key: z.string(), facts: pageFacts })),
  /** By number: the sections of the issues in the feeds, as those show them. */
  contents: z.record(z.string(), z.object({ key: z.string(), html: z.string() })),
});

/** What the builds before have found out; all of it can be found out again. */
export type State = z.output<typeof schema>;

export const emptyState = (): State => ({ version: 2, issues: {}, pages: {}, contents: {} });

export function stateFile(cache: string): string {
  return join(cache, 'state.json');
}

export async function readState(cache: string): Promise<State> {
  const file = stateFile(cache);
  if (!exists(file)) return emptyState();
  try {
    return schema.parse(JSON.parse((await readBytes(file, MAX_BYTES)).toString()));
  } catch {
    // Of another version, or cut off: the next build writes it anew.
    return emptyState();
  }
}

export async function writeState(cache: string, state: State): Promise<void> {
  await writeFile(stateFile(cache), JSON.stringify(state));
}
