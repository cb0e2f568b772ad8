import { stripVTControlCharacters } from 'node:util';

/** Rows with their columns below each other, two spaces apart. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, width(cell));
    });
  }
  const pad = (cell: string, index: number) => cell + ' '.repeat((widths[index] ?? 0) - width(cell));
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

function width(cell: string): number {
  return [...stripVTControlCharacters(cell)].length;
}
