import { join } from 'node:path';
import { z } from 'zod';
import { exists, readBytes, writeFile } from '../platform/files.js';
import { issueFacts, pageFacts } from './issue-facts.js';

const MAX_BYTES = 256_000_000;

const schema = z.object({
  version: z.literal(2),
  /** By file name: digest of text and setting, and the facts. */
  issues: z.record(z.string(), z.object({ key: z.string(), facts: issueFacts })),
  /** By issue number: key and facts of the page. */
  pages: z.record(z.string(), z.object({ key: z.string(), facts: pageFacts })),
  /** By issue number: HTML of the sections for feeds. */
  contents: z.record(z.string(), z.object({ key: z.string(), html: z.string() })),
});

/** Results of earlier builds. All of them can be recomputed. */
export type State = z.output<typeof schema>;

const emptyState = (): State => ({ version: 2, issues: {}, pages: {}, contents: {} });

function stateFile(cache: string): string {
  return join(cache, 'state.json');
}

export async function readState(cache: string): Promise<State> {
  const file = stateFile(cache);
  if (!exists(file)) return emptyState();
  try {
    return schema.parse(JSON.parse((await readBytes(file, MAX_BYTES)).toString()));
  } catch {
    // Another version or truncated. The next build rewrites it.
    return emptyState();
  }
}

export async function writeState(cache: string, state: State): Promise<void> {
  await writeFile(stateFile(cache), JSON.stringify(state));
}
