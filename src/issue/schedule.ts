import { parseSource } from '../document/document.js';
import { readText } from '../platform/files.js';
import type { IssueFile } from './store.js';

/** When an issue is sent, as its file says. */
export interface Schedule {
  readonly draft: boolean;
  readonly send_at?: string | undefined;
}

/**
 * Reads when an issue is sent, from a file that may have errors elsewhere.
 * @returns undefined when the file cannot be read
 */
export async function readSchedule({ path, name }: IssueFile): Promise<Schedule | undefined> {
  const text = await readText(path).catch(() => undefined);
  const value = text === undefined ? undefined : parseSource(name, text).value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { draft, send_at } = value as Readonly<Record<string, unknown>>;
  return { draft: draft === true, ...(typeof send_at === 'string' ? { send_at } : {}) };
}
