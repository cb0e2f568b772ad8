import { type Context, Hono } from 'hono';
import { badLink, type Service, show } from '../service.js';

/**
 * One-click unsubscribe (RFC 8058). A POST with a signed token acts, as often as it comes, without cookies or a
 * redirect. Its body is not read, because mail programs differ in what they send. A GET changes nothing, because
 * machines follow every link of an email. It shows a page with the same POST behind a button.
 */
export function unsubscribeRoutes(service: Service): Hono {
  const app = new Hono();
  const { parameter, unsubscribe } = service.places;
  const paths = unsubscribe.map((path) =>
    parameter === undefined ? `${path}:token{1[A-Za-z0-9_-]*}` : path,
  );
  const tokenOf = (context: Context) =>
    (parameter === undefined ? context.req.param('token') : context.req.query(parameter)) ?? '';
  const ask = (context: Context, token: string) => {
    const { topics } = service.newsletter.config.serve;
    const preferences = topics.length > 0 ? service.places.path('preferences', token) : undefined;
    return show(context, service, 'unsubscribe', { preferences });
  };
  for (const path of paths) {
    app.get(path, (context) => {
      const token = tokenOf(context);
      return service.readers.tokens.verify(token) === undefined
        ? badLink(context, service)
        : ask(context, token);
    });
    app.post(path, async (context) => {
      const key = service.readers.tokens.verify(tokenOf(context));
      if (key === undefined) return badLink(context, service);
      await service.readers.unsubscribe(key, 'one-click');
      return show(context, service, 'unsubscribed');
    });
  }
  return app;
}
