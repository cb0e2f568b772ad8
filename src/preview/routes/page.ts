import { Hono } from 'hono';
import { pageHtml, readAsset } from '../assets.js';

/**
 * The page of the preview and its assets.
 * @param anew discards everything that was read, because a reload must show the current files even if a
 * change went unnoticed
 */
export function pageRoutes(token: string, anew: () => number): Hono {
  const app = new Hono();
  app.get('/', (context) => {
    const { html, csp } = pageHtml(token, anew());
    return context.html(html, 200, { 'content-security-policy': csp });
  });
  app.get('/assets/:name{.+}', async (context) => {
    const asset = await readAsset(context.req.param('name'));
    return asset ? context.body(asset.bytes, 200, { 'content-type': asset.type }) : context.notFound();
  });
  return app;
}
