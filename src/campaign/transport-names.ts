import { type TransportName, transportKinds } from '../transport/table.js';

export type { TransportName };

/** The names of all transports, as options and obn.yaml take them. */
export const transportNames: readonly TransportName[] = transportKinds.map((kind) => kind.name);
