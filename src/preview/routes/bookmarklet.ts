import { Hono } from 'hono';
import { BOOKMARKLET_PATH } from '../../collect/bookmarklet.js';
import { readAsset } from '../assets.js';
import { bookmarkletGuard } from '../request-guard.js';

/** What the bookmarklet needs of the newsletter. */
export interface BookmarkletActions {
  /** The token of its bookmarklets; undefined if there are none. */
  token(): Promise<string | undefined>;
  /** Adds a page to the links of the newest draft. @returns what was done, as a sentence. @throws ObnError */
  add(url: string): Promise<string>;
}

const SCRIPT = `${BOOKMARKLET_PATH}/script.js`;
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Add a link</title>
<h1>Add this page to your next issue?</h1>
<p id="url"></p>
<p><button type="button">Add</button></p>
<p role="status"></p>
<script type="module" src="${SCRIPT}"></script>
</html>
`;

/** The page that the bookmarklet opens. Opening it changes nothing: a page could open it without its reader. */
export function bookmarkletRoutes({ token, add }: BookmarkletActions): Hono {
  const app = new Hono();
  app.use(BOOKMARKLET_PATH, bookmarkletGuard(token));
  app.use(SCRIPT, bookmarkletGuard(token));
  app.get(BOOKMARKLET_PATH, (context) => context.html(PAGE, 200, { 'content-security-policy': CSP }));
  app.get(SCRIPT, async (context) => {
    const asset = await readAsset('bookmarklet.js');
    return asset ? context.body(asset.bytes, 200, { 'content-type': asset.type }) : context.notFound();
  });
  app.post(BOOKMARKLET_PATH, async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const url = typeof body === 'object' && body !== null && 'url' in body ? body.url : undefined;
    return context.json({ message: await add(typeof url === 'string' ? url : '') });
  });
  return app;
}
