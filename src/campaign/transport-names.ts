/** The names of all transports, as options and obn.yaml take them. */
export { type TransportName, transportNames } from '../transport/names.js';
