import { parseAddress } from './address.js';

/**
 * The keys of the addresses in a row that cannot be read. None of them gets email, because the row may be an opt-out.
 */
export function doubtfulKeys(cells: readonly string[]): string[] {
  const keys = cells
    .filter((cell) => cell.includes('@'))
    .flatMap((cell) => [...spellings(cell)].flatMap(keyOf));
  return [...new Set(keys)];
}

/** A cell as it is, without quotes, and each of its words: `"Ada" <ada@x.example>`, `mailto:ada@x.example`. */
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
