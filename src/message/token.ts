import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

const IV_BYTES = 16;
const VERSION = '1';

/**
 * Makes and reads the tokens of one-click unsubscribe. A token says which reader of which list it is for, cannot be
 * read or forged without the secret, and is the same each time, so an old mail's link keeps working. The construction
 * is a synthetic IV (RFC 5297): HMAC-SHA256 over list and address, which is also the IV of AES-256-CTR.
 */
export class UnsubscribeTokens {
  private readonly authentication: KeyObject;
  private readonly encryption: KeyObject;

  /** @param list identifier of the list, so that a token of one list is worth nothing for another. */
  constructor(
    secret: string,
    private readonly list: string,
  ) {
    const key = (purpose: string) =>
      createSecretKey(new Uint8Array(hkdfSync('sha256', secret, 'obn', `unsubscribe ${purpose}`, 32)));
    this.authentication = key('authentication');
    this.encryption = key('encryption');
  }

  /** @param key the address in small letters, as it is compared. */
  issue(key: string): string {
    const iv = this.tag(key);
    const cipher = createCipheriv('aes-256-ctr', this.encryption, iv);
    return VERSION + Buffer.concat([iv, cipher.update(key, 'utf8'), cipher.final()]).toString('base64url');
  }

  /** The address that a token is for; undefined for a token that was not issued with this secret for this list. */
  verify(token: string): string | undefined {
    if (!token.startsWith(VERSION) || !/^[A-Za-z0-9_-]{24,512}$/.test(token)) return undefined;
    const bytes = Buffer.from(token.slice(1), 'base64url');
    const iv = bytes.subarray(0, IV_BYTES);
    // The last letter of base64 may have bits that mean nothing; only the spelling that was issued is taken.
    if (iv.length !== IV_BYTES || bytes.toString('base64url') !== token.slice(1)) return undefined;
    const decipher = createDecipheriv('aes-256-ctr', this.encryption, iv);
    const key = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]).toString('utf8');
    return timingSafeEqual(this.tag(key), iv) ? key : undefined;
  }

  private tag(key: string): Buffer {
    const hmac = createHmac('sha256', this.authentication).update(`${this.list}\0${key}`);
    return hmac.digest().subarray(0, IV_BYTES);
  }
}

/** The address that a reader unsubscribes at: the configured one with the token appended. */
export function unsubscribeLink(url: string, token: string): string {
  const separator = /[=/]$/.test(url) ? '' : url.includes('?') ? '&token=' : '?token=';
  return `${url}${separator}${token}`;
}
