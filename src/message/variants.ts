import { fillSlot } from '../render/fill.js';
import { type CompiledMessage, isSlot, UNSUBSCRIBE_SLOT } from './compiled.js';

/** A distinct message, and the readers who get it. */
export interface Variant {
  readonly count: number;
  /** Values of the merge fields. */
  readonly values: Readonly<Record<string, string>>;
  /** Address of one of its readers. */
  readonly example: string;
}

/** A reader with every column of the list. */
interface Reader {
  readonly address: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The distinct messages, most readers first. Unsubscribe links, which always differ, are ignored. */
export async function distinctMessages(
  message: CompiledMessage,
  readers: AsyncIterable<readonly Reader[]>,
): Promise<Variant[]> {
  const { subject, text, html } = message;
  const slots = [...subject, ...text, ...html].filter(isSlot).filter(({ name }) => name !== UNSUBSCRIBE_SLOT);
  const fallback = new Map(slots.map((slot) => [slot.name, slot.fallback ?? '']));
  const found = new Map<string, { count: number; values: Record<string, string>; example: string }>();
  for await (const batch of readers) {
    for (const { address, fields } of batch) {
      const key = JSON.stringify(slots.map((slot) => fillSlot(slot, fields)));
      const variant = found.get(key) ?? { count: 0, values: valuesOf(fallback, fields), example: address };
      variant.count += 1;
      found.set(key, variant);
    }
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

/** Field values of a variant, sorted by name. */
function valuesOf(fallback: ReadonlyMap<string, string>, fields: Reader['fields']): Record<string, string> {
  const names = [...fallback.keys()].sort();
  return Object.fromEntries(names.map((name) => [name, fields[name] || (fallback.get(name) ?? '')]));
}
