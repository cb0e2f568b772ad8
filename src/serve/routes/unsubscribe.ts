import { type Context, Hono } from 'hono';
import { field, readForm } from '../form.js';
import { badLink, type Service, show } from '../service.js';

/**
 * One-click unsubscribe (RFC 8058). A POST acts, by itself, as often as it comes, without cookies or a redirect; a GET
 * shows a page with the same POST behind a button, and changes nothing, because machines follow every link of a mail.
 */
export function unsubscribeRoutes(service: Service): Hono {
  const app = new Hono();
  const { parameter, unsubscribe } = service.places;
  const paths = unsubscribe.map((path) =>
    parameter === undefined ? `${path}:token{1[A-Za-z0-9_-]*}` : path,
  );
  const tokenOf = (context: Context) =>
    (parameter === undefined ? context.req.param('token') : context.req.query(parameter)) ?? '';
  const ask = (context: Context, token: string, status: 200 | 400 = 200) => {
    const { topics } = service.newsletter.config.serve;
    const preferences = topics.length > 0 ? service.places.path('preferences', token) : undefined;
    return show(context, service, 'unsubscribe', { preferences }, status);
  };
  for (const path of paths) {
    app.get(path, (context) => {
      const token = tokenOf(context);
      return service.readers.tokens.verify(token) === undefined
        ? badLink(context, service)
        : ask(context, token);
    });
    app.post(path, async (context) => {
      const token = tokenOf(context);
      const key = service.readers.tokens.verify(token);
      if (key === undefined) return badLink(context, service);
      const form = await readForm(context);
      if (!form || field(form, 'List-Unsubscribe') !== 'One-Click') return ask(context, token, 400);
      await service.readers.unsubscribe(key, 'one-click');
      return show(context, service, 'unsubscribed');
    });
  }
  return app;
}
