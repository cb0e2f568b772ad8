import { Hono } from 'hono';
import { FRAMES, SOURCES } from '../preview-files.js';
import type { Viewer } from '../viewer.js';

/** Where pictures may come from, by what the reader is shown. */
const PICTURE_SOURCES: Readonly<Record<string, string>> = {
  on: "'self' data:",
  off: "'none'",
  all: "'self' data: https: http:",
};

/** No script and no request to anybody: a mail may hold what it likes. */
const frameCsp = (pictures: string) =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src ${pictures}`,
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');

/** Issues as pages to be shown in a frame, and as texts to be read as they are. */
export function issueRoutes(viewer: Viewer): Hono {
  const app = new Hono();
  app.get('/issues/:number{[0-9]{1,9}}/:file', async (context) => {
    const file = FRAMES.find((one) => one === context.req.param('file'));
    if (!file) return context.notFound();
    const { reader, scheme, pictures = 'on' } = context.req.query();
    const mail = await viewer.mail(Number(context.req.param('number')), reader);
    const csp = frameCsp(PICTURE_SOURCES[pictures] ?? "'none'");
    const html = mail.frame(file, scheme === 'dark' ? 'dark' : 'light');
    return context.html(html, 200, { 'content-security-policy': csp });
  });
  app.get('/source/:number{[0-9]{1,9}}/:file', async (context) => {
    const file = SOURCES.find((one) => one === context.req.param('file'));
    if (!file) return context.notFound();
    const mail = await viewer.mail(Number(context.req.param('number')), context.req.query('reader'));
    return context.text(viewer.source(mail, file));
  });
  return app;
}
