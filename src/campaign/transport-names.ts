/** The names of all transports, as used in options and obn.yaml. */
export { type TransportName, transportNames } from '../transport/names.js';
