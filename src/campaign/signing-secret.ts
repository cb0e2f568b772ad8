import type { Newsletter } from '../config/load.js';
import type { Secrets } from '../message/token.js';

/**
 * What unsubscribe links are signed with. Where the secret is not set, as in a rehearsal on a machine that does not
 * know it, the links have the same form and no endpoint accepts them: the key is not one that anybody can configure.
 */
export function signingSecret({ config, has }: Newsletter): Secrets {
  const { secret } = config.unsubscribe;
  return secret?.length && has('unsubscribe') ? secret : 'rehearsal\n';
}

/** Every secret that unsubscribe links may be signed with, the one in use first; none where it is not known. */
export function knownSecrets({ config, has }: Newsletter): readonly string[] {
  const { secret } = config.unsubscribe;
  return secret === undefined || !has('unsubscribe') ? [] : [secret].flat();
}
