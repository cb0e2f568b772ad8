import { usageError } from '../../findings/error.js';
import { visible } from '../../findings/visible.js';
import { columnName } from '../../merge/expression.js';
import { type DateOrder, dateOf, isIsoDate } from '../dates.js';
import { readRecords } from '../records.js';
import { STATUSES } from '../subscriber.js';
import { type Mapping, unclearStatuses } from './mapping.js';

/** Names of columns that hold dates. */
const DATES = /(?:^|_)(?:at|on|date|datum|fecha|birthday|geburtstag)$/;

const SHOWN = 5;

/** How the dates in one column are written. */
interface DateFacts {
  /** The first line on which day and month cannot be told apart. */
  ambiguous?: { readonly line: number; readonly value: string };
  readonly orders: Map<DateOrder, { readonly line: number; readonly value: string }>;
  isAllDates: boolean;
  isAllIso: boolean;
}

/** Unknown values by column, each with its first line. */
type Unclear = Map<string, Map<string, number>>;

/**
 * Reads the whole export to find the order of day and month, and values that may or may not be an opt-out.
 * @param order of day and month, if the export does not show it
 * @throws ObnError (usage) with the unclear values and the flags to add
 */
export async function surveyExport(
  path: string,
  name: string,
  mapping: Mapping,
  order: DateOrder | undefined,
): Promise<Mapping> {
  const unclear: Unclear = new Map();
  const dates = new Map<string, DateFacts>();
  let isHeader = true;
  for await (const records of readRecords(path, name)) {
    for (const { cells, line, empty, fault } of records) {
      if (empty || fault !== undefined) continue;
      if (!isHeader && cells.length <= mapping.columns.length) {
        for (const { column, value } of unclearStatuses(mapping, cells)) note(unclear, column, value, line);
        noteDates(dates, mapping, cells, line);
      }
      isHeader = false;
    }
  }
  refuseUnclear(unclear, mapping, name);
  return { ...mapping, dates: dateOrders(dates, name, order) };
}

function note(unclear: Unclear, column: string, value: string, line: number): void {
  const values = unclear.get(column) ?? new Map<string, number>();
  unclear.set(column, values);
  if (values.size < SHOWN && !values.has(value)) values.set(value, line);
}

function noteDates(
  found: Map<string, DateFacts>,
  { columns }: Mapping,
  cells: readonly string[],
  line: number,
): void {
  columns.forEach(({ to }, index) => {
    const value = (cells[index] ?? '').trim();
    if (to === null || value === '' || !DATES.test(to)) return;
    const facts: DateFacts = found.get(to) ?? { orders: new Map(), isAllDates: true, isAllIso: true };
    found.set(to, facts);
    const date = dateOf(value);
    if (!isIsoDate(value)) facts.isAllIso = false;
    if (!date) facts.isAllDates = false;
    else if (date.isAmbiguous) facts.ambiguous ??= { line, value };
    else if (date.order && !facts.orders.has(date.order)) facts.orders.set(date.order, { line, value });
  });
}

function refuseUnclear(unclear: Unclear, { columns }: Mapping, name: string): void {
  if (unclear.size === 0) return;
  const said = [...unclear].map(([column, values]) => {
    const shown = [...values].map(([value, line]) => `"${visible(value)}" (line ${line})`);
    return `the column "${visible(column)}" contains ${shown.join(', ')}`;
  });
  const [[column, values] = ['', new Map<string, number>()]] = unclear;
  const [value = ''] = values.keys();
  const flags = [`say what each value means: --status "${visible(value)}=unsubscribed"`];
  if (columns.some(({ from }) => from === column)) {
    flags.push(
      `import the column as text: --map "${visible(column)}=${visible(columnName(column))}_text"`,
      `or leave the column out: --map "${visible(column)}="`,
    );
  }
  throw usageError(
    `${name}: obn cannot tell who may be mailed: ${said.join('; ')}`,
    `${flags.join('; ')}. The meanings are ${STATUSES.join(', ')}`,
  );
}

function dateOrders(
  found: ReadonlyMap<string, DateFacts>,
  name: string,
  given: DateOrder | undefined,
): Map<string, DateOrder | undefined> {
  const orders = new Map<string, DateOrder | undefined>();
  for (const [column, { ambiguous, orders: seen, isAllDates, isAllIso }] of found) {
    if (isAllIso || (!isAllDates && column !== 'subscribed_at')) continue;
    const [first, second] = [...seen];
    if (first && second) {
      throw usageError(
        `${name}: the dates of "${column}" have the day first on some lines and the month first on others: ${[first, second].map(([, { line, value }]) => `"${visible(value)}" (line ${line})`).join(', ')}`,
        'write all dates as 2019-02-14',
      );
    }
    const order = first?.[0] ?? given;
    if (ambiguous && !order) {
      throw usageError(
        `${name}:${ambiguous.line}:1 obn cannot tell the day from the month in "${visible(ambiguous.value)}", or in any other date of "${column}"`,
        'say which comes first: --dates day-first or --dates month-first',
      );
    }
    orders.set(column, order);
  }
  return orders;
}
