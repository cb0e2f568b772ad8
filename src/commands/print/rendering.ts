import type { Variant } from '../../message/variants.js';
import type { Weight } from '../../message/weight.js';
import { columns } from '../../text/columns.js';
import { kilobytes, weightText } from './weight.js';

/** A written file. */
export interface WrittenFile {
  readonly file: string;
  readonly bytes: number;
}

/** The files of an issue, and the size of each of its sections. */
export function renderedText(files: readonly WrittenFile[], weight: Weight): string {
  return `${columns(files.map(({ file, bytes }) => [file, kilobytes(bytes)]))}\n\n${weightText(weight)}`;
}

export function lackingFieldsText(address: string, lacking: readonly string[]): string {
  const fields = lacking.map((name) => `"${name}"`).join(', ');
  return `${address} has no ${fields}, and the issue has no fallback for it. A send would be refused.`;
}

/** The distinct messages of an issue, with how many readers get each. */
export function variantsText(variants: readonly Variant[]): string {
  const rows = variants.map(({ count, values, example }) => {
    const shown = Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    return [String(count), shown.join(', ') || 'the same for everyone', `such as ${example}`];
  });
  return columns(rows);
}
