import { recordText } from '../audience/records.js';
import { visible } from '../findings/visible.js';
import type { Failure } from '../ledger/delivery.js';

/** The text for a delivery whose latest attempt was rejected, while an earlier one may have arrived. */
export const REJECTED_IN_DOUBT = 'rejected; an earlier attempt may have arrived';

/**
 * Every delivery that was not accepted, as CSV: the columns of the list, then the state of the message and
 * the provider's answer.
 */
export async function* failuresCsv(failures: AsyncIterable<Failure>): AsyncGenerator<string> {
  let columns: string[] | undefined;
  for await (const { fields, address, state, code, reason, rejectedInDoubt } of failures) {
    const words = rejectedInDoubt ? `${REJECTED_IN_DOUBT}: ${reason}` : reason;
    const outcome = { obn_state: state, obn_code: harmless(code), obn_reason: harmless(visible(words)) };
    const row: Record<string, string> = { email: address, ...fields, ...outcome };
    if (!columns) {
      columns = Object.keys(row);
      yield record(columns);
    }
    yield record(columns.map((column) => row[column] ?? ''));
  }
  if (!columns) yield record(['email', 'obn_state', 'obn_code', 'obn_reason']);
}

const record = (cells: readonly string[]) => recordText(cells, { delimiter: ',', newline: '\n' });

/** Prevents text from a provider from being a formula in a spreadsheet. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
