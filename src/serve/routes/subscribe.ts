import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { parseAddress } from '../../audience/address.js';
import { type Form, field, limitForm, readForm } from '../form.js';
import { mailboxOf } from '../mailbox.js';
import { crowded, pathsOf, refuse, type Service, show, wantsJson } from '../service.js';

/** Hidden fields that only bots fill in. */
const TRAPS = ['website', 'url', 'homepage'];
const MAX_NAME = 100;

/** Sign-up. The response is the same for every address, and a confirmation email follows. */
export function subscribeRoutes(service: Service): Hono {
  const app = new Hono();
  const { config } = service.newsletter;
  const { topics, origins } = config.serve;
  const own = new URL(config.newsletter.url).origin;
  const sites = cors({ origin: [own, ...origins], allowMethods: ['POST'], maxAge: 600 });
  const ask = (
    context: Context,
    view: Record<string, unknown>,
    chosen: readonly string[],
    status: 200 | 422,
  ) => {
    const shown = topics.map((topic) => ({ ...topic, chosen: chosen.includes(topic.tag) }));
    return show(context, service, 'subscribe', { ...view, topics: shown }, status);
  };
  for (const path of pathsOf(service, 'subscribe')) {
    app.use(path, sites);
    app.get(path, (context) => ask(context, { email: oneLine(context.req.query('email')) }, [], 200));
    app.post(path, limitForm(service), async (context) => {
      const seconds = await service.limits.count('forms', service.client(context));
      if (seconds > 0) return refuse(context, service, seconds);
      const form = await readForm(context);
      if (!form) return show(context, service, 'trouble', { refused: true }, 400);
      const email = field(form, 'email').slice(0, 320);
      const parsed = parseAddress(email);
      if ('problem' in parsed) {
        if (wantsJson(context)) return context.json({ error: 'address' }, 422);
        return ask(context, { email, first_name: nameOf(form), wrong: true }, form.topic ?? [], 422);
      }
      const trapped = TRAPS.some((name) => field(form, name) !== '');
      if (!trapped && (await service.limits.count('mails', mailboxOf(parsed.key))) === 0) {
        const full = await service.limits.count('service', 'emails');
        if (full > 0) return crowded(context, service, full);
        await service.later(() => invite(service, parsed, form), context);
      }
      if (wantsJson(context)) return context.json({ ok: true });
      return show(context, service, 'sent', { email: parsed.address });
    });
  }
  return app;
}

/** Sends the confirmation email, unless the address must not be mailed. */
async function invite(
  { readers, places, newsletter, invite: send }: Service,
  { key, address }: { key: string; address: string },
  form: Form,
): Promise<void> {
  if (!send || !(await readers.mayAsk(key))) return;
  const { topics } = newsletter.config.serve;
  const name = nameOf(form);
  const tags = topics.map(({ tag }) => tag).filter((tag) => form.topic?.includes(tag));
  const fields = {
    ...(name === '' ? {} : { first_name: name }),
    ...(topics.length === 0 ? {} : { tags: tags.join(';') }),
  };
  await send(address, `${places.base}/confirm?token=${readers.invite(address, fields)}`);
}

/**
 * The first name. Drops URLs, which are spam, and text that a spreadsheet would run as a formula.
 */
function nameOf(form: Form): string {
  const name = field(form, 'first_name');
  return name.length > MAX_NAME || /:\/\/|www\.|[<>]|^[=+@-]/i.test(name) ? '' : name;
}

function oneLine(text = ''): string {
  return field({ text: [text] }, 'text').slice(0, 254);
}
