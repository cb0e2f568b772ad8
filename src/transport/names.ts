import { transportKinds } from './table.js';

/** The names of all transports, as options and obn.yaml take them. */
export const transportNames = transportKinds.map(({ name }) => name);

/** Derived from a value: its declaration has the names alone, and programs that use obn need no other types for it. */
export type TransportName = (typeof transportNames)[number];
