import type { Exclusion } from '../../audience/select.js';
import { displayName, NO_LINE, type Subscriber } from '../../audience/subscriber.js';
import { visible } from '../../findings/visible.js';
import type { SuppressionResult } from '../../subscribers/suppress-subscribers.js';
import { columns } from '../../text/columns.js';
import { plural } from '../../text/plural.js';
import type { Style } from './style.js';

/** Rows with their lines, and the reason if they are not mailed. */
export function subscribersText(rows: readonly (Subscriber | Exclusion)[], style: Style): string {
  return columns(
    rows.map((row) => {
      const place = row.line === NO_LINE ? 'ledger' : `line ${row.line}`;
      const about =
        'reason' in row
          ? style.yellow(row.reason)
          : visible([displayName(row.fields), row.tags.join(' ')].filter(Boolean).join('  '));
      return [style.dim(place), visible(row.address) || '(no address)', about];
    }),
  );
}

/** A row that cannot be mailed, as `file:line:column reason detail`. */
export function faultyRowText(file: string, { line, reason, detail }: Exclusion, style: Style): string {
  const place = line === NO_LINE ? 'ledger' : `${visible(file)}:${line}:1`;
  return `${style.bold(place)} ${style.yellow(reason)} ${visible(detail)}`;
}

/** How many rows of a list cannot be mailed. */
export function faultyRowsSummary(file: string, listed: number, faulty: number): string {
  return faulty === 0
    ? `${file}: ${plural(listed, 'row')}, all can be mailed`
    : `${plural(faulty, 'row')} of ${listed.toLocaleString('en')} cannot be mailed`;
}

/** The result of suppressing an address, or of lifting its suppression. */
export function suppressionText({ address, reason, changed }: SuppressionResult, lifted: boolean): string {
  if (lifted && reason)
    return `${address} had also unsubscribed, and is still not mailed. If the reader asked for it, run the command again.`;
  if (lifted) return changed ? `${address} may be mailed again.` : `${address} was not suppressed.`;
  return changed
    ? `${address} is ${reason} and will not be mailed again.`
    : `${address} is already ${reason}.`;
}
