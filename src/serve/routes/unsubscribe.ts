import { type Context, Hono } from 'hono';
import { badLink, type Service, show } from '../service.js';

/**
 * One-click unsubscribe (RFC 8058). A POST with a signed token unsubscribes; it is idempotent and
 * needs no cookies or redirects. Its body is ignored, because mail programs send different bodies.
 * A GET changes nothing, because link scanners open every link. It shows a page whose button sends
 * the same POST.
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
