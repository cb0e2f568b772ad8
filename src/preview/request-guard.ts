import type { Context, MiddlewareHandler } from 'hono';
import { isSameSecret } from '../platform/secret.js';
import type { Access } from './access.js';
import type { Failure } from './protocol.js';

/** Names of this machine that no other site can use. Any other name could be DNS rebinding. */
const HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const READING = new Set(['GET', 'HEAD']);

/** Headers of every response: no sharing with other sites, no caching. */
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const REFUSED = {
  error: 'this browser has no access to the preview',
  hint: 'open the last URL that obn preview printed in its terminal',
} as const satisfies Failure;

const UNKNOWN_BOOKMARKLET = {
  error: 'this bookmarklet belongs to another newsletter',
  hint: 'print a new one with `obn add --bookmarklet`',
} as const satisfies Failure;

/**
 * Serves only browsers that have presented a key. Pages of other sites must not read the preview, under any
 * name that reaches this machine (DNS rebinding). Requests with effects also need the token that only the
 * preview's page contains.
 */
export function guard(access: Access, token: string): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    if (!isOwnRequest(context)) return forbid(context);
    const answer = access.redeem(context) ?? (access.has(context) ? undefined : refuse(context));
    if (answer) return withHeaders(answer);
    if (!READING.has(req.method) && !isSameSecret(req.header('x-obn-token') ?? '', token))
      return forbid(context);
    await next();
    withHeaders(context.res);
  };
}

/**
 * Guards the page of the bookmarklet. Another site opens it, so it arrives without the cookie. Only the page itself may
 * send requests with effects, and only with the token of the bookmarklet.
 */
export function bookmarkletGuard(token: () => Promise<string | undefined>): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    if (!isOwnRequest(context)) return forbid(context);
    if (!READING.has(req.method)) {
      const wanted = await token();
      const isKnown = wanted !== undefined && isSameSecret(req.header('x-obn-token') ?? '', wanted);
      if (!isKnown) return withHeaders(context.json(UNKNOWN_BOOKMARKLET, 403));
    }
    await next();
    withHeaders(context.res);
  };
}

/** Whether a request is for this machine and not from another site. */
function isOwnRequest({ req }: Context): boolean {
  const host = req.header('host') ?? '';
  const site = req.header('sec-fetch-site') ?? 'none';
  const framed = (req.header('sec-fetch-dest') ?? 'document') !== 'document';
  const navigation = req.header('sec-fetch-mode') === 'navigate' && READING.has(req.method) && !framed;
  const origin = req.header('origin');
  const foreign = (origin !== undefined && origin !== `http://${host}`) || /^(cross|same)-site$/.test(site);
  return HOSTS.has(host.replace(/:\d+$/, '')) && (!foreign || (navigation && origin === undefined));
}

function forbid(context: Context): Response {
  return context.json({ error: 'only the page of the preview may send this request' } satisfies Failure, 403);
}

/** A link from another site arrives without the cookie, so this page links to the preview. */
function refuse(context: Context): Response {
  if (!/\btext\/html\b/.test(context.req.header('accept') ?? '')) return context.json(REFUSED, 401);
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>No access to the preview</title>
<h1>This browser has no access to the preview</h1>
<p>Open the address that <code>obn preview</code> printed last in its terminal. Each address works once.</p>
<p>If the preview is already open in this browser, <a href="/">go to it</a>.</p>
</html>
`;
  return context.html(html, 401, {
    'content-security-policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
}

function withHeaders(answer: Response): Response {
  for (const [name, value] of Object.entries(HEADERS)) {
    if (!answer.headers.has(name)) answer.headers.set(name, value);
  }
  return answer;
}
