import { parseAddress } from './address.js';

/**
 * The addresses, as they are compared, of whoever a row that cannot be read may be about. None of them is mailed: the row
 * may say that they left.
 */
export function doubtfulKeys(cells: readonly string[]): string[] {
  const keys = cells
    .filter((cell) => cell.includes('@'))
    .flatMap((cell) => [...spellings(cell)].flatMap(keyOf));
  return [...new Set(keys)];
}

/** A cell as it is, without its quotes, and each word of it: `"Ada" <ada@x.example>`, `mailto:ada@x.example`. */
function* spellings(cell: string): Generator<string> {
  const visible = cell.replace(/\p{Cf}/gu, '');
  yield visible;
  yield visible.replaceAll('"', '');
  yield* visible.replace(/mailto:/gi, ' ').split(/[\s"'<>()[\],;|]+/);
}

function keyOf(text: string): string[] {
  const parsed = parseAddress(text);
  return 'key' in parsed ? [parsed.key] : [];
}
