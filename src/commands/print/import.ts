import type { ImportDraft } from '../../audience/import/import.js';
import type { Mapping } from '../../audience/import/mapping.js';
import type { Outcome, Staging } from '../../audience/import/staging.js';
import { visible } from '../../findings/visible.js';
import { plural } from '../../text/plural.js';
import type { Style } from './style.js';
import { columns } from './table.js';

export interface ImportFacts {
  readonly file: string;
  readonly list: string;
  readonly mapping: Mapping;
  readonly draft: ImportDraft;
  readonly staging: Pick<Staging, 'counts' | 'refusedCount' | 'examples' | 'refused'>;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  new: 'new',
  changed: 'changed',
  unchanged: 'unchanged',
  left: 'unsubscribed here, not added back',
  gone: 'unsubscribed or bounced there, never mailed',
  duplicate: 'more than once in the file',
};

const EXAMPLES = 3;
const REFUSED = 5;

/** Which platform an export is of, and what becomes of its columns. */
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

/** What stands for more than one column. */
const NAMES: Readonly<Record<string, string>> = {
  name: 'first_name, last_name',
  json: 'a column for each of its keys',
};

function nameOf(format: string): string {
  return format.startsWith('a ') ? format : `an export of ${format}`;
}

/** What an import changes. */
export function importText({ list, draft, staging }: ImportFacts, style: Style): string {
  const counts = staging.counts();
  const rows = (Object.entries(OUTCOMES) as [Outcome, string][])
    .filter(([outcome]) => counts[outcome] > 0)
    .map(([outcome, text]) => [
      '  ',
      counts[outcome].toLocaleString('en'),
      text,
      style.dim(exampleText(staging, outcome)),
    ]);
  const refused = staging.refusedCount;
  if (refused > 0) rows.push(['  ', style.yellow(refused.toLocaleString('en')), 'refused', '']);
  const lines = [`In ${visible(list)}:`, rows.length > 0 ? columns(rows) : '   nobody'];
  lines.push(...refusedLines(staging, style));
  if (draft.samples > 0) lines.push(`  ${plural(draft.samples, 'sample reader')} of obn init removed`);
  if (draft.added.length > 0) lines.push(`  new columns: ${draft.added.map(visible).join(', ')}`);
  return lines.join('\n');
}

function refusedLines(staging: ImportFacts['staging'], style: Style): string[] {
  const lines: string[] = [];
  for (const { line, detail } of staging.refused()) {
    if (lines.length === REFUSED) break;
    lines.push(style.dim(`        line ${line}: ${visible(detail)}`));
  }
  const more = staging.refusedCount - lines.length;
  return more > 0 ? [...lines, style.dim(`        … and ${more.toLocaleString('en')} more`)] : lines;
}

function exampleText(staging: ImportFacts['staging'], outcome: Outcome): string {
  if (outcome === 'unchanged' || outcome === 'duplicate') return '';
  const found = staging.examples(outcome, EXAMPLES).map(({ address }) => visible(address));
  return staging.counts()[outcome] > EXAMPLES ? `${found.join(', ')}, …` : found.join(', ');
}

/** @param applied what was done; undefined: nothing */
export function importJson(
  { file, list, mapping, draft, staging }: ImportFacts,
  applied:
    | {
        readonly backup: string | undefined;
        readonly refused: string | undefined;
        readonly suppressed: number;
      }
    | undefined,
) {
  return {
    ...{ file, list, format: mapping.format.name },
    columns: mapping.columns.map(({ from, to }) => ({ from, to })),
    added: draft.added,
    samples: draft.samples,
    counts: { ...staging.counts(), refused: staging.refusedCount },
    applied: applied !== undefined,
    backup: applied?.backup ?? null,
    refused: applied?.refused ?? null,
    suppressed: applied?.suppressed ?? 0,
  };
}
