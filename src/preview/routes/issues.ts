import { Hono } from 'hono';
import { FRAMES, SOURCES } from '../preview-files.js';
import type { Viewer } from '../viewer.js';

/** Allowed image sources, by the image setting. */
const PICTURE_SOURCES: Readonly<Record<string, string>> = {
  on: "'self' data:",
  off: "'none'",
  all: "'self' data: https: http:",
};

/** Blocks scripts and network requests of the email. */
const frameCsp = (pictures: string) =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `img-src ${pictures}`,
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');

/** Issues as framed pages and as text. */
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
