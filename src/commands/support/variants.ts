import { findRepeats } from '../../audience/repeats.js';
import { selectRecipients } from '../../audience/select.js';
import { readSubscribers, type Subscriber } from '../../audience/subscriber.js';
import type { List } from '../../check/check.js';
import { configurationError } from '../../findings/error.js';
import { type CompiledMessage, isSlot, messageFields } from '../../message/compiled.js';

/** One of the distinct messages that the readers of a list get. */
export interface Variant {
  readonly count: number;
  /** What stands in the merge fields. */
  readonly values: Readonly<Record<string, string>>;
  /** The address of one who gets it. */
  readonly example: string;
}

/** The distinct messages, most readers first; unsubscribe links, which always differ, aside. */
export async function variantsOf(message: CompiledMessage, list: List): Promise<Variant[]> {
  if (!list.columns) throw configurationError(`there is no list ${list.name}`);
  const { all } = messageFields(message);
  const slots = [...message.subject, ...message.text, ...message.html].filter(isSlot);
  const fallback = new Map(slots.map((slot) => [slot.name, slot.fallback ?? '']));
  const rows = () => readSubscribers(list.path, list.name);
  const found = new Map<string, { count: number; values: Record<string, string>; example: string }>();
  const options = { repeats: await findRepeats(rows()), suppressed: async () => new Map() };
  const count = (row: Subscriber) => {
    const values = Object.fromEntries(
      all.map((name) => [name, row.fields[name] || (fallback.get(name) ?? '')]),
    );
    const key = JSON.stringify(values);
    const variant = found.get(key) ?? { count: 0, values, example: row.address };
    variant.count += 1;
    found.set(key, variant);
  };
  for await (const batch of selectRecipients(rows(), options)) {
    for (const row of batch) if (!('reason' in row)) count(row);
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}
