import { editList } from '../audience/edit.js';
import { type BadRow, readSubscribers, type Subscriber } from '../audience/subscriber.js';
import { exists, OWNER_ONLY, writeFile } from '../platform/files.js';

/** Removes every row of an address from a list, and keeps the other rows unchanged. @returns how many rows were removed */
export async function removeRows(path: string, name: string, key: string): Promise<number> {
  if (!exists(path) || (await countRows(path, name, key)) === 0) return 0;
  let removed = 0;
  const { bytes } = await editList(path, name, {
    columns: [],
    change: (rows) =>
      rows.map(({ row }) => {
        if (!isOf(row, key)) return 'keep';
        removed += 1;
        return 'remove';
      }),
  });
  await writeFile(path, bytes, OWNER_ONLY);
  return removed;
}

/** How many rows of a list have this address. */
export async function countRows(path: string, name: string, key: string): Promise<number> {
  let count = 0;
  if (!exists(path)) return 0;
  for await (const rows of readSubscribers(path, name)) {
    for (const row of rows) if (isOf(row, key)) count += 1;
  }
  return count;
}

/** A row that cannot be mailed may also contain the address. */
function isOf(row: Subscriber | BadRow, key: string): boolean {
  if ('key' in row) return row.key === key;
  return row.address.trim().toLowerCase() === key || (row.doubts ?? []).includes(key);
}
