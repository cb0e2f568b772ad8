import { parseSource } from '../document/document.js';
import { readText } from '../platform/files.js';
import type { IssueFile } from './store.js';

/** What a file says of when its issue goes out. */
export interface Schedule {
  readonly draft: boolean;
  readonly send_at?: string | undefined;
}

/** In a file that is no YAML, such as one that is being written: of a key within another, the line begins with spaces. */
const DRAFT = /^draft:[ \t]*true[ \t]*(?:#.*)?\r?$/m;

/**
 * Reads when an issue is to go out from a file that may have errors elsewhere.
 * @returns undefined when it cannot be told
 */
export async function readSchedule({ path, name }: IssueFile): Promise<Schedule | undefined> {
  const text = await readText(path).catch(() => undefined);
  if (text === undefined) return undefined;
  const { value } = parseSource(name, text);
  if (value === undefined && DRAFT.test(text)) return { draft: true };
  if (typeof value !== 'object' || value === null) return undefined;
  const { draft, send_at } = value as Readonly<Record<string, unknown>>;
  return { draft: draft === true, ...(typeof send_at === 'string' ? { send_at } : {}) };
}
