import type { TransportKind } from './kind.js';
import { outbox } from './outbox/kind.js';
import { ses } from './ses/kind.js';
import { smtp } from './smtp/kind.js';

/** Every way to send. A new one is its folder and an entry here. */
const kinds = [outbox, ses, smtp] as const;

type Kind = (typeof kinds)[number];

export const transportKinds: readonly TransportKind<Kind['name']>[] = kinds;

/** A rehearsal: nothing goes to readers before somebody has chosen how. */
export const DEFAULT_TRANSPORT = outbox.name;

/** The settings of each transport, in a mapping of its name. */
export const transportSchemas = Object.fromEntries(kinds.map(({ name, schema }) => [name, schema])) as {
  [K in Kind as K['name']]: K['schema'];
};

/** The kind of a name. */
export function kindOf(name: string): TransportKind<Kind['name']> | undefined {
  return transportKinds.find((kind) => kind.name === name);
}
