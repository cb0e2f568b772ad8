import type { Context } from 'hono';
import type { Newsletter } from '../config/load.js';
import type { BackgroundTasks } from './background-tasks.js';
import type { Limits } from './limits.js';
import type { Page, Pages } from './pages.js';
import type { PageName, ReaderRoutes } from './reader-routes.js';
import type { Readers } from './readers.js';

/** Sends the mail that asks somebody to confirm their address; what becomes of it, nobody is told. */
export type Invite = (address: string, link: string) => Promise<void>;

/** What the routes work with. */
export interface Service {
  readonly newsletter: Newsletter;
  readonly readers: Readers;
  readonly places: ReaderRoutes;
  readonly pages: Pages;
  readonly limits: Limits;
  readonly later: BackgroundTasks;
  /** Undefined: nobody can sign up here. */
  readonly invite: Invite | undefined;
  /** The network that a request comes from. */
  client(context: Context): string;
}

/** Answers with a page. */
export function show(
  context: Context,
  { pages }: Pick<Service, 'pages'>,
  page: Page,
  view: Readonly<Record<string, unknown>> = {},
  status: 200 | 400 | 404 | 410 | 413 | 422 | 429 | 500 | 503 = 200,
): Response {
  const { html, csp } = pages.write(page, view);
  return context.html(html, status, { 'content-security-policy': csp });
}

/** Answers one who does too much of something. */
export function refuse(context: Context, service: Pick<Service, 'pages'>, seconds: number): Response {
  context.header('retry-after', String(seconds));
  if (wantsJson(context)) return context.json({ error: 'limited' }, 429);
  return show(context, service, 'trouble', { limited: true, minutes: Math.ceil(seconds / 60) }, 429);
}

/** When somebody whose request could not be recorded may try again. */
export const RETRY_SECONDS = 30;

/** Answers a request that could not be recorded; mail programs repeat a 503, and give up at a 4xx. */
export function unavailable(context: Context, service: Pick<Service, 'pages'>): Response {
  context.header('retry-after', String(RETRY_SECONDS));
  if (wantsJson(context)) return context.json({ error: 'unavailable' }, 503);
  return show(context, service, 'trouble', { failed: true }, 503);
}

/** Answers a form while the whole service has sent as many emails as it may. */
export function crowded(context: Context, service: Pick<Service, 'pages'>, seconds: number): Response {
  context.header('retry-after', String(seconds));
  if (wantsJson(context)) return context.json({ error: 'unavailable' }, 503);
  const minutes = Math.ceil(seconds / 60);
  return show(context, service, 'trouble', { failed: true, crowded: true, minutes }, 503);
}

/** Answers a link that is none; whoever tries many is slowed down. */
export async function badLink(context: Context, service: Service): Promise<Response> {
  const seconds = await service.limits.count('badLinks', service.client(context));
  return seconds > 0 ? refuse(context, service, seconds) : show(context, service, 'invalid', {}, 400);
}

/** Whether a script has sent the form. */
export function wantsJson(context: Context): boolean {
  return /\bapplication\/json\b/.test(context.req.header('accept') ?? '');
}

/** The paths of a page. */
export function pathsOf({ places }: Pick<Service, 'places'>, page: PageName): string[] {
  return places.folders.map((folder) => `${folder}/${page}`);
}
