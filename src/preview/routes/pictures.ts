import { extname, join } from 'node:path';
import { Hono } from 'hono';
import { fileWithin, readBytes } from '../../platform/files.js';
import { PICTURES } from '../preview-files.js';
import type { Viewer } from '../viewer.js';

const MAX_BYTES = 50 * 1024 * 1024;

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
};

/** An SVG image opened in its own tab is a document that could run scripts. */
const CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Images from the newsletter's issues/ folder only. */
export function pictureRoutes(viewer: Viewer): Hono {
  const app = new Hono();
  app.get(`${PICTURES}/:path{.+}`, async (context) => {
    const path = context.req.param('path');
    const type = TYPES[extname(path).toLowerCase()];
    const file = type && (await fileWithin(join(await viewer.root(), 'issues'), path));
    if (!file) return context.notFound();
    const bytes = new Uint8Array(await readBytes(file, MAX_BYTES));
    return context.body(bytes, 200, {
      'content-type': type,
      'content-security-policy': CSP,
      'cache-control': context.req.query('v') ? 'private, max-age=86400, immutable' : 'no-store',
    });
  });
  return app;
}
