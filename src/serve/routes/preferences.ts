import { type Context, Hono } from 'hono';
import { limitForm, readForm } from '../form.js';
import { badLink, pathsOf, type Service, show } from '../service.js';

/** Topics of a reader, who is identified by the token of their unsubscribe link. */
export function preferenceRoutes(service: Service): Hono {
  const app = new Hono();
  const { readers, places } = service;
  const tokenOf = (context: Context) => context.req.query('token') ?? '';
  const page = async (context: Context, key: string, saved: boolean) => {
    const topics = await readers.choices(key);
    return show(context, service, 'preferences', {
      topics,
      saved,
      unsubscribe: places.unsubscribePath(tokenOf(context)),
    });
  };
  /** Nothing is stored about a forgotten reader. */
  const readerOf = async (context: Context) => {
    const key = readers.tokens.verify(tokenOf(context));
    return key === undefined || (await readers.isForgotten(key)) ? undefined : key;
  };
  for (const path of pathsOf(service, 'preferences')) {
    app.get(path, async (context) => {
      const key = await readerOf(context);
      return key === undefined ? badLink(context, service) : page(context, key, false);
    });
    app.post(path, limitForm(service), async (context) => {
      const key = await readerOf(context);
      if (key === undefined) return badLink(context, service);
      const form = await readForm(context);
      if (!form) return show(context, service, 'trouble', { refused: true }, 400);
      await readers.choose(key, form.topic ?? []);
      return page(context, key, true);
    });
  }
  return app;
}
