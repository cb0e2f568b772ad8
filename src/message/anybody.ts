import { type CompiledMessage, messageFields } from './compiled.js';
import type { Addressee } from './writer.js';

/** Somebody of whom nothing is known: fallbacks, and the name of a field that has none. */
export function anybody(message: CompiledMessage, address = 'reader@example.com'): Addressee {
  const { required } = messageFields(message);
  const values = Object.fromEntries(required.map((name) => [name, name === 'email' ? address : `[${name}]`]));
  return { address, key: address.toLowerCase(), name: '', values, reference: 'sample' };
}
