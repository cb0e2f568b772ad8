import { Hono } from 'hono';
import { badLink, pathsOf, type Service, show } from '../service.js';

/**
 * Double opt-in. The link opens a page whose button confirms, because link scanners open links,
 * too.
 */
export function confirmRoutes(service: Service): Hono {
  const app = new Hono();
  const { readers, places, newsletter } = service;
  for (const path of pathsOf(service, 'confirm')) {
    app.get(path, async (context) => {
      const token = context.req.query('token') ?? '';
      const invitation = readers.invitation(token);
      if (invitation) return show(context, service, 'confirm', { email: invitation.address });
      return readers.wasInvitation(token)
        ? show(context, service, 'expired', {}, 410)
        : badLink(context, service);
    });
    app.post(path, async (context) => {
      const token = context.req.query('token') ?? '';
      if (!readers.wasInvitation(token)) return badLink(context, service);
      const key = await readers.confirm(token);
      if (key === undefined) return show(context, service, 'expired', {}, 410);
      const { topics } = newsletter.config.serve;
      const preferences = places.path('preferences', readers.tokens.issue(key));
      return show(context, service, 'confirmed', topics.length > 0 ? { preferences } : {});
    });
  }
  return app;
}
