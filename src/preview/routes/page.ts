import { Hono } from 'hono';
import { pageHtml, readAsset } from '../assets.js';

/**
 * The page of the preview, and what it is made of.
 * @param anew reads everything anew, whether a change was seen or not: that is what a page is loaded again for
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
