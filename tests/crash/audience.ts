/** A list, and who on it gets the issue. */
export interface Audience {
  readonly csv: string;
  readonly readers: readonly string[];
}

const address = (index: number) => `r${index}@example.com`;

/** A plain list of so many readers. */
export function plainAudience(count: number): Audience {
  const readers = Array.from({ length: count }, (_, index) => address(index));
  return { csv: `email,first_name\n${readers.map((reader) => `${reader},R\n`).join('')}`, readers };
}

const ROWS = 2_400;
const READ_EVERY = 8;

/**
 * A list that takes long to freeze and not so long to send: most rows are unsubscribed, and the names of its columns are
 * so long that the audience does not fit into SQLite's cache and reaches the disk before it is committed.
 */
export function slowAudience(): Audience {
  const columns = Array.from({ length: 4 }, (_, index) => `column_${index}_`.padEnd(3_000, 'x'));
  const rows = Array.from({ length: ROWS }, (_, index) => {
    const status = index % READ_EVERY === 0 ? 'subscribed' : 'unsubscribed';
    return `${address(index)},${status}${','.repeat(columns.length)}\n`;
  });
  const readers = rows.map((_, index) => address(index)).filter((_, index) => index % READ_EVERY === 0);
  return { csv: `email,status,${columns.join(',')}\n${rows.join('')}`, readers };
}
