import { Hono } from 'hono';
import { pageHtml, readAsset } from '../assets.js';

/** The page of the preview, and what it is made of. */
export function pageRoutes(token: string, revision: () => number): Hono {
  const app = new Hono();
  app.get('/', (context) => {
    const { html, csp } = pageHtml(token, revision());
    return context.html(html, 200, { 'content-security-policy': csp });
  });
  app.get('/assets/:name{.+}', async (context) => {
    const asset = await readAsset(context.req.param('name'));
    return asset ? context.body(asset.bytes, 200, { 'content-type': asset.type }) : context.notFound();
  });
  return app;
}
