import { parseAddress } from '../audience/address.js';
import { encode, formOf, type RawRecord, readRecords } from '../audience/records.js';
import { OWNER_ONLY, writeFile } from '../platform/files.js';

/**
 * Removes every row of a CSV file that names a person in any column, and keeps
 * the other rows unchanged. @returns how many rows were removed
 */
export async function removeNaming(path: string, name: string, key: string): Promise<number> {
  let removed = 0;
  for await (const { isGone } of judged(path, name, key)) if (isGone) removed += 1;
  if (removed === 0) return 0;
  const form = await formOf(path);
  async function* kept() {
    for await (const { record, isGone } of judged(path, name, key)) if (!isGone) yield record.raw;
  }
  await writeFile(path, encode(kept(), form), OWNER_ONLY);
  return removed;
}

async function* judged(
  path: string,
  name: string,
  key: string,
): AsyncGenerator<{ record: RawRecord; isGone: boolean }> {
  let isHeader = true;
  const names = naming(key);
  for await (const records of readRecords(path, name)) {
    for (const record of records) {
      yield { record, isGone: !isHeader && record.cells.some(names) };
      if (!record.empty) isHeader = false;
    }
  }
}

/** Finds an address within a text, but not a longer address that contains it. */
export function addressWithin(key: string): RegExp {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.+-])${escaped}(?![\\w-]|\\.\\w)`, 'i');
}

/** Whether a text is an address, in any spelling, or contains it. */
function naming(key: string): (text: string) => boolean {
  const within = addressWithin(key);
  return (text) => {
    if (within.test(text)) return true;
    const parsed = parseAddress(text);
    return 'key' in parsed && parsed.key === key;
  };
}
