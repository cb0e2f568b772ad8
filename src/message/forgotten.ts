import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';

/** Number of hex digits that identify the secret of a hash. */
const SECRET_LETTERS = 8;

/**
 * Keyed hashes of forgotten addresses. They keep obn from mailing a forgotten reader again without storing
 * the address.
 */
export class ForgottenKeys {
  private readonly secrets: readonly ((text: string) => string)[];

  /**
   * @param secrets secrets of the unsubscribe links, the current one first. Hashes made with an older secret
   * are found only while it is listed here
   */
  constructor(secrets: readonly string[]) {
    this.secrets = secrets.map((secret) => {
      const key = createSecretKey(new Uint8Array(hkdfSync('sha256', secret, 'obn', 'forgotten', 32)));
      const mac = (text: string) => createHmac('sha256', key).update(text).digest('hex');
      const name = mac('').slice(0, SECRET_LETTERS);
      return (text) => `hash:${name}:${mac(text)}`;
    });
  }

  /** Hash under which the ledger stores a normalized address. @throws RangeError without a secret */
  hash(key: string): string {
    const [current] = this.secrets;
    if (!current || key === '') throw new RangeError('a hash needs a secret and an address');
    return current(key);
  }

  /** Every hash under which this address may be stored. */
  forms(key: string): string[] {
    return this.secrets.map((hash) => hash(key));
  }

  /** Whether a stored hash can be found with these secrets. */
  recognises(form: string): boolean {
    const prefix = form.slice(0, 'hash:'.length + SECRET_LETTERS);
    return this.secrets.some((hash) => hash('').startsWith(prefix));
  }
}
