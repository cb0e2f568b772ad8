import { Hono } from 'hono';
import type { ReadersView, VariantsView } from '../protocol.js';
import type { Viewer } from '../viewer.js';

/** JSON API of the page, including sending a test. */
export function apiRoutes(viewer: Viewer): Hono {
  const app = new Hono();
  const issue = '/issues/:number{[0-9]{1,9}}';
  app.get('/newsletter', async (context) => context.json(await viewer.newsletter()));
  app.get('/readers', async (context) => {
    const readers = await viewer.readers(context.req.query('q') ?? '', context.req.raw.signal);
    return context.json({ readers } satisfies ReadersView);
  });
  app.get(issue, async (context) => {
    const { number } = context.req.param();
    return context.json(await viewer.issue(Number(number), context.req.query('reader')));
  });
  app.get(`${issue}/findings`, async (context) =>
    context.json(await viewer.findings(Number(context.req.param('number')))),
  );
  app.get(`${issue}/variants`, async (context) => {
    const variants = await viewer.variants(Number(context.req.param('number')));
    return context.json({ variants } satisfies VariantsView);
  });
  app.post(`${issue}/test`, async (context) => {
    const body: unknown = await context.req.json().catch(() => undefined);
    const wanted = typeof body === 'object' && body !== null && 'address' in body ? body.address : undefined;
    const address = typeof wanted === 'string' ? wanted.trim() : '';
    return context.json(await viewer.sendTest(Number(context.req.param('number')), address));
  });
  return app;
}
