import { parseSource } from '../document/document.js';
import { readText } from '../platform/files.js';
import type { IssueFile } from './store.js';

/** What a file says of when its issue goes out. */
export interface Schedule {
  readonly draft: boolean;
  readonly send_at?: string | undefined;
}

/**
 * Reads when an issue is to go out from a file that may have errors elsewhere.
 * @returns undefined when it cannot be told
 */
export async function readSchedule({ path, name }: IssueFile): Promise<Schedule | undefined> {
  const text = await readText(path).catch(() => undefined);
  const value = text === undefined ? undefined : parseSource(name, text).value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { draft, send_at } = value as Readonly<Record<string, unknown>>;
  return { draft: draft === true, ...(typeof send_at === 'string' ? { send_at } : {}) };
}
