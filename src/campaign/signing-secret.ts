import type { Newsletter } from '../config/load.js';
import type { Secrets } from '../message/token.js';

/**
 * The key that signs unsubscribe links. If the secret is not set, as in a rehearsal on a machine without
 * it, the links have the same form, but no endpoint accepts them: this key cannot be configured.
 */
export function signingSecret({ config, has }: Newsletter): Secrets {
  const { secret } = config.unsubscribe;
  return secret?.length && has('unsubscribe') ? secret : 'rehearsal\n';
}

/** Every secret that unsubscribe links may be signed with, the current one first; empty if none is set. */
export function knownSecrets({ config, has }: Newsletter): readonly string[] {
  const { secret } = config.unsubscribe;
  return secret === undefined || !has('unsubscribe') ? [] : [secret].flat();
}
