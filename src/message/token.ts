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

const TOKEN = new RegExp(`^${VERSION}[A-Za-z0-9_-]{23,4095}$`);

/** One secret or several. The first one signs; tokens signed with any of them are valid. */
export type Secrets = string | readonly string[];

/**
 * Issues and verifies one-click unsubscribe tokens. A token identifies a reader of a list, cannot be read or
 * forged without the secret, and never changes, so links in old emails keep working. The construction is a
 * synthetic IV: HMAC-SHA256 over list and address, cut to 16 bytes, is also the IV of AES-256-CTR. It follows
 * the idea of RFC 5297 (SIV), not its algorithm, which uses AES-CMAC.
 */
export class UnsubscribeTokens {
  private readonly seals: readonly Seal[];

  /** @param list identifier of the list. Tokens are not valid for other lists. */
  constructor(secrets: Secrets, list: string) {
    this.seals = sealsOf(secrets, list, 'unsubscribe');
  }

  /** @param key the normalized address, in lowercase. */
  issue(key: string): string {
    return sealWithFirst(this.seals, key);
  }

  /** The address of a token; undefined if the token was not issued with one of the secrets for this list. */
  verify(token: string): string | undefined {
    return openWithAny(this.seals, token);
  }
}

/** Content of a confirmation link (double opt-in). */
export interface Confirmation {
  readonly address: string;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Form fields, as columns of a list. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * Issues and verifies confirmation tokens (double opt-in). They use the same construction as unsubscribe
 * tokens, but neither is valid as the other. A token contains all form fields, so nothing is stored about
 * people who never confirm.
 */
export class ConfirmationTokens {
  private readonly seals: readonly Seal[];

  constructor(secrets: Secrets, list: string) {
    this.seals = sealsOf(secrets, list, 'confirm');
  }

  issue({ address, issuedAt, fields }: Confirmation): string {
    return sealWithFirst(this.seals, JSON.stringify([issuedAt, address, fields]));
  }

  /** Does not check the expiry; the caller does. */
  verify(token: string): Confirmation | undefined {
    const text = openWithAny(this.seals, token);
    if (text === undefined) return undefined;
    const [issuedAt, address, fields] = JSON.parse(text) as [number, string, Record<string, string>];
    return { address, issuedAt, fields };
  }
}

function sealsOf(secrets: Secrets, list: string, purpose: string): Seal[] {
  return [secrets].flat().map((secret) => new Seal(secret, list, purpose));
}

function sealWithFirst([first]: readonly Seal[], text: string): string {
  if (!first) throw new RangeError('no secret to sign with');
  return first.seal(text);
}

/** Tries every secret, so that the time does not reveal which one signed the token. */
function openWithAny(seals: readonly Seal[], token: string): string | undefined {
  return seals.map((seal) => seal.open(token)).find((text) => text !== undefined);
}

/** Encrypts and authenticates text for one purpose, list and secret. */
class Seal {
  private readonly authentication: KeyObject;
  private readonly encryption: KeyObject;

  constructor(
    secret: string,
    private readonly list: string,
    purpose: string,
  ) {
    const key = (use: string) =>
      createSecretKey(new Uint8Array(hkdfSync('sha256', secret, 'obn', `${purpose} ${use}`, 32)));
    this.authentication = key('authentication');
    this.encryption = key('encryption');
  }

  seal(text: string): string {
    const iv = this.tag(text);
    const cipher = createCipheriv('aes-256-ctr', this.encryption, iv);
    return VERSION + Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final()]).toString('base64url');
  }

  open(token: string): string | undefined {
    if (!TOKEN.test(token)) return undefined;
    const bytes = Buffer.from(token.slice(1), 'base64url');
    const iv = bytes.subarray(0, IV_BYTES);
    // The last base64 character can contain unused bits. Accept only the canonical encoding.
    if (iv.length !== IV_BYTES || bytes.toString('base64url') !== token.slice(1)) return undefined;
    const decipher = createDecipheriv('aes-256-ctr', this.encryption, iv);
    const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]).toString(
      'utf8',
    );
    return timingSafeEqual(this.tag(text), iv) ? text : undefined;
  }

  private tag(text: string): Buffer {
    const hmac = createHmac('sha256', this.authentication).update(`${this.list}\0${text}`);
    return hmac.digest().subarray(0, IV_BYTES);
  }
}

/** Unsubscribe link of a reader: the configured URL with the token. */
export function unsubscribeLink(url: string, token: string): string {
  const separator = /[=/]$/.test(url) ? '' : url.includes('?') ? '&token=' : '?token=';
  return `${url}${separator}${token}`;
}

/** Query parameter of the token in an {@link unsubscribeLink}; undefined if the token ends the path. */
export function tokenParameter(url: string): string | undefined {
  if (url.endsWith('/')) return undefined;
  const { search } = new URL(url);
  const open = search.endsWith('=') ? [...new URLSearchParams(search).keys()].at(-1) : undefined;
  return open ?? 'token';
}
