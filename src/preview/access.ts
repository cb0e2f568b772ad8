import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { isSameSecret, randomSecret } from '../platform/secret.js';

/** The parameter of an address that lets a browser in. */
const KEY = 'key';

/**
 * Decides which browsers see the preview. Every program on this machine can connect to it, so a browser has to bring a
 * key, which works once and becomes a cookie.
 */
export class Access {
  private readonly session = randomSecret();
  private key = randomSecret();

  /** @param onUsed is told that a browser has used the key; `admit` then makes addresses with a new one */
  constructor(private readonly onUsed: () => void = () => undefined) {}

  /** Adds the key to an address of the preview. It lets one browser in. */
  admit(url: string): string {
    const address = new URL(url);
    address.searchParams.set(KEY, this.key);
    return address.href;
  }

  /** Whether the browser that sends a request was let in before. */
  has(context: Context): boolean {
    return isSameSecret(getCookie(context, cookieName(context)) ?? '', this.session);
  }

  /** Answers an address with a key: sets the cookie and leads to the address without the key. */
  redeem(context: Context): Response | undefined {
    const { req } = context;
    const address = new URL(req.url);
    const key = address.searchParams.get(KEY);
    if (req.method !== 'GET' || address.pathname !== '/' || key === null) return undefined;
    const isKey = isSameSecret(key, this.key);
    // The same address, opened again in a browser that has used it.
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

/** Cookies are shared by all ports of a host, so the port is in the name. A browser may reach it through another port. */
function cookieName({ req }: Context): string {
  return `obn-preview-${/:(\d+)$/.exec(req.header('host') ?? '')?.[1] ?? 80}`;
}
