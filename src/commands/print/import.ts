import type { Mapping } from '../../audience/import/mapping.js';
import type { Outcome } from '../../audience/import/staging.js';
import { visible } from '../../findings/visible.js';
import type { ImportPlan } from '../../subscribers/plan-import.js';
import { columns } from '../../text/columns.js';
import { plural } from '../../text/plural.js';
import type { Style } from './style.js';

type Plan = Pick<ImportPlan, 'mapping' | 'draft' | 'rows'>;

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  new: 'new',
  changed: 'updated',
  unchanged: 'unchanged',
  left: 'already unsubscribed (kept out)',
  gone: 'unsubscribed or bounced in the file (will be suppressed)',
  duplicate: 'duplicate in the file',
};

const EXAMPLES = 3;
const REFUSED = 5;

/** The platform of an export, and the column of the list that each of its columns becomes. */
export function mappingText(file: string, { format, columns: found }: Mapping, style: Style): string {
  const taken = found.filter(({ to }) => to !== null);
  const left = found.filter(({ to }) => to === null).map(({ from }) => visible(from));
  const rows = taken.map(({ from, to }) => [
    `  ${visible(from)}`,
    style.dim('→'),
    NAMES[to ?? ''] ?? visible(to ?? ''),
  ]);
  const lines = [`${visible(file)} is ${style.bold(nameOf(format.name))}:`, columns(rows)];
  if (left.length > 0) lines.push(style.dim(`  left out: ${left.join(', ')}`));
  return lines.join('\n');
}

/** Targets that are more than one column. */
const NAMES: Readonly<Record<string, string>> = {
  name: 'first_name, last_name',
  json: 'one column for each key',
};

function nameOf(format: string): string {
  return format.startsWith('a ') ? format : `a ${format} export`;
}

/** What an import changes. */
export function importText(list: string, { draft, rows }: Plan, style: Style): string {
  const counts = rows.counts();
  const table = (Object.entries(OUTCOMES) as [Outcome, string][])
    .filter(([outcome]) => counts[outcome] > 0)
    .map(([outcome, text]) => [
      '  ',
      counts[outcome].toLocaleString('en'),
      text,
      style.dim(exampleText(rows, outcome)),
    ]);
  const refused = rows.refusedCount;
  if (refused > 0) table.push(['  ', style.yellow(refused.toLocaleString('en')), 'refused', '']);
  const lines = [`In ${visible(list)}:`, table.length > 0 ? columns(table) : '   no rows'];
  lines.push(...refusedLines(rows, style));
  if (draft.samples > 0) lines.push(`  ${plural(draft.samples, 'sample reader')} of obn init removed`);
  if (draft.added.length > 0) lines.push(`  new columns: ${draft.added.map(visible).join(', ')}`);
  return lines.join('\n');
}

function refusedLines(rows: Plan['rows'], style: Style): string[] {
  const lines: string[] = [];
  for (const { line, detail } of rows.refused()) {
    if (lines.length === REFUSED) break;
    lines.push(style.dim(`        line ${line}: ${visible(detail)}`));
  }
  const more = rows.refusedCount - lines.length;
  return more > 0 ? [...lines, style.dim(`        … and ${more.toLocaleString('en')} more`)] : lines;
}

function exampleText(rows: Plan['rows'], outcome: Outcome): string {
  if (outcome === 'unchanged' || outcome === 'duplicate') return '';
  const found = rows.examples(outcome, EXAMPLES).map(({ address }) => visible(address));
  return rows.counts()[outcome] > EXAMPLES ? `${found.join(', ')}, …` : found.join(', ');
}
