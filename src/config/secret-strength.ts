import type { Finding } from '../findings/finding.js';
import type { Newsletter } from './load.js';

/** 32 characters have 192 bits in base64 and 128 bits in hex, too many to guess. */
const LEAST_CHARACTERS = 32;
/** 32 random hex digits have 7 or fewer different ones less than once in ten million. */
const LEAST_DIFFERENT = 8;

/** Prints a secret on every system that obn runs on. */
export const SECRET_COMMAND = `node -p "require('crypto').randomBytes(32).toString('base64url')"`;

/** Why a secret could be guessed by trying, as the end of a sentence about it; undefined when it is strong enough. */
export function secretWeakness(secret: string): string | undefined {
  if (secret.length < LEAST_CHARACTERS) {
    return `is too short: ${LEAST_CHARACTERS} random characters are needed, and it has ${secret.length}`;
  }
  const repeats = /^(.+?)\1+$/s.test(secret) || new Set(secret).size < LEAST_DIFFERENT;
  return repeats ? 'is not random: it repeats the same characters' : undefined;
}

/**
 * An error about the secret that new unsubscribe links are signed with, where it could be guessed. Older secrets in the
 * list only verify links in sent email, so they may be of any length.
 */
export function weakSecretFinding({ config, document }: Newsletter): Finding | undefined {
  const { secret } = config.unsubscribe;
  const [signing] = [secret ?? []].flat();
  const weakness = signing === undefined ? undefined : secretWeakness(signing);
  if (weakness === undefined) return undefined;
  const { unsubscribe } = document.value as { unsubscribe: { secret: string | string[] } };
  const written = [unsubscribe.secret].flat().map((text) => (VARIABLE.test(text) ? text : 'THE OLD ONE'));
  const renewed = [`\${OBN_SECRET_NEW}`, ...written].map((text) => `"${text}"`).join(', ');
  const hint = `make one with: ${SECRET_COMMAND}; put it first and keep the old one, so that links in sent email work: secret: [${renewed}]`;
  const path = ['unsubscribe', 'secret', ...(Array.isArray(secret) ? [0] : [])];
  const message = `unsubscribe.secret ${weakness}`;
  return document.finding('error', 'config/secret', document.at(path), message, hint);
}

const VARIABLE = /^\$\{\w+\}$/;
