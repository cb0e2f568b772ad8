import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';

/** How many letters of hex say which secret made a hash. */
const SECRET_LETTERS = 8;

/** What stays of somebody who is forgotten, so that nobody mails them again: a hash that nobody can make without the secret. */
export class ForgottenKeys {
  private readonly secrets: readonly ((text: string) => string)[];

  /**
   * @param secrets those of the unsubscribe links, the one in use first; hashes that older ones made are found as long
   *   as these are handed in
   */
  constructor(secrets: readonly string[]) {
    this.secrets = secrets.map((secret) => {
      const key = createSecretKey(new Uint8Array(hkdfSync('sha256', secret, 'obn', 'forgotten', 32)));
      const mac = (text: string) => createHmac('sha256', key).update(text).digest('hex');
      const name = mac('').slice(0, SECRET_LETTERS);
      return (text) => `hash:${name}:${mac(text)}`;
    });
  }

  /** Under what the ledger knows this address (as it is compared) from now on. @throws RangeError without a secret */
  hash(key: string): string {
    const [current] = this.secrets;
    if (!current || key === '') throw new RangeError('without a secret or an address there is no hash');
    return current(key);
  }

  /** Every form under which somebody with this address may have been forgotten. */
  forms(key: string): string[] {
    return this.secrets.map((hash) => hash(key));
  }

  /** Whether a form, as {@link hash} has made it, can be found with these secrets. */
  recognises(form: string): boolean {
    const prefix = form.slice(0, 'hash:'.length + SECRET_LETTERS);
    return this.secrets.some((hash) => hash('').startsWith(prefix));
  }
}
