import type { MiddlewareHandler } from 'hono';

/** This machine, by the names that no other site can take; any other name was made to point here. */
const HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);
const READING = new Set(['GET', 'HEAD']);

/** What every answer says to the browser: nothing of it is for other sites, and nothing is kept. */
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Lets in the preview's own page alone. A page of another site must not read what is written here, under whatever name
 * it reaches this machine (DNS rebinding), and whatever acts needs the token that only the own page has been told.
 */
export function guard(token: string): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context;
    const host = req.header('host') ?? '';
    const own = HOSTS.has(host.replace(/:\d+$/, ''));
    const site = req.header('sec-fetch-site') ?? 'none';
    const framed = (req.header('sec-fetch-dest') ?? 'document') !== 'document';
    const navigation = req.header('sec-fetch-mode') === 'navigate' && READING.has(req.method) && !framed;
    const origin = req.header('origin');
    const foreign = (origin !== undefined && origin !== `http://${host}`) || /^(cross|same)-site$/.test(site);
    const acts = !READING.has(req.method);
    const allowed = own && (!foreign || (navigation && origin === undefined));
    if (!allowed || (acts && req.header('x-obn-token') !== token)) {
      return context.json({ error: 'this is for the page of the preview alone' }, 403);
    }
    await next();
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
  };
}
