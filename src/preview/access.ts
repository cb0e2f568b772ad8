import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { isSameSecret, randomSecret } from '../platform/secret.js';

/** Query parameter of the access key. */
const KEY = 'key';

/**
 * Access control of the preview. Every program on this machine can connect, so a browser must present a key,
 * which works once and is exchanged for a cookie.
 */
export class Access {
  private readonly session = randomSecret();
  private key = randomSecret();

  /** @param onUsed called when a browser has used the key. `admit` then uses a new one */
  constructor(private readonly onUsed: () => void = () => undefined) {}

  /** Adds the key to a URL of the preview. It admits one browser. */
  admit(url: string): string {
    const address = new URL(url);
    address.searchParams.set(KEY, this.key);
    return address.href;
  }

  /** Whether the browser has been admitted. */
  has(context: Context): boolean {
    return isSameSecret(getCookie(context, cookieName(context)) ?? '', this.session);
  }

  /** Exchanges a key for a cookie and redirects to the URL without the key. */
  redeem(context: Context): Response | undefined {
    const { req } = context;
    const address = new URL(req.url);
    const key = address.searchParams.get(KEY);
    if (req.method !== 'GET' || address.pathname !== '/' || key === null) return undefined;
    const isKey = isSameSecret(key, this.key);
    // The browser has already used this URL.
    if (!isKey && !this.has(context)) return undefined;
    if (isKey) {
      this.key = randomSecret();
      const cookie = `${cookieName(context)}=${this.session}; Path=/; HttpOnly; SameSite=Strict`;
      context.header('set-cookie', cookie);
      this.onUsed();
    }
    address.searchParams.delete(KEY);
    return context.redirect(`/${address.search}`, 303);
  }
}

/**
 * Cookies are shared by all ports of a host, so the name contains the port. A browser may connect through a
 * different port.
 */
function cookieName({ req }: Context): string {
  return `obn-preview-${/:(\d+)$/.exec(req.header('host') ?? '')?.[1] ?? 80}`;
}
