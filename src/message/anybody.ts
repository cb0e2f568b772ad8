import { displayName, type Subscriber } from '../audience/subscriber.js';
import { type CompiledMessage, messageFields } from './compiled.js';
import type { Addressee } from './writer.js';

/** A placeholder reader: fallback values, or the field name where there is no fallback. */
export function anybody(message: CompiledMessage, address = 'reader@example.com'): Addressee {
  const { required } = messageFields(message);
  const values = Object.fromEntries(required.map((name) => [name, name === 'email' ? address : `[${name}]`]));
  return { address, key: address.toLowerCase(), name: '', values, reference: 'sample' };
}

/** A reader of the list, for a preview. */
export function somebody({ address, key, fields }: Subscriber): Addressee {
  return { address, key, values: fields, name: displayName(fields), reference: 'sample' };
}
