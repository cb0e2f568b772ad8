import type { Context } from 'hono';
import type { Newsletter } from '../config/load.js';
import type { BackgroundTasks } from './background-tasks.js';
import type { Limits } from './limits.js';
import type { Page, Pages } from './pages.js';
import type { PageName, ReaderRoutes } from './reader-routes.js';
import type { Readers } from './readers.js';

/** Sends the confirmation email. The outcome is never shown to the client. */
export type Invite = (address: string, link: string) => Promise<void>;

/** Dependencies of the routes. */
export interface Service {
  readonly newsletter: Newsletter;
  readonly readers: Readers;
  readonly places: ReaderRoutes;
  readonly pages: Pages;
  readonly limits: Limits;
  readonly later: BackgroundTasks;
  /** Undefined: sign-up is disabled. */
  readonly invite: Invite | undefined;
  /** Network of the client, for rate limits. */
  client(context: Context): string;
}

/** Responds with a page. */
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

/** Responds that a rate limit was exceeded. */
export function refuse(context: Context, service: Pick<Service, 'pages'>, seconds: number): Response {
  context.header('retry-after', String(seconds));
  if (wantsJson(context)) return context.json({ error: 'limited' }, 429);
  return show(context, service, 'trouble', { limited: true, minutes: Math.ceil(seconds / 60) }, 429);
}

/** Retry-After when a request could not be recorded. */
export const RETRY_SECONDS = 30;

/**
 * Responds to a request that could not be recorded. Mail programs retry after a 503 but not after a
 * 4xx.
 */
export function unavailable(context: Context, service: Pick<Service, 'pages'>): Response {
  context.header('retry-after', String(RETRY_SECONDS));
  if (wantsJson(context)) return context.json({ error: 'unavailable' }, 503);
  return show(context, service, 'trouble', { failed: true }, 503);
}

/** Responds to a form while the service is at its email limit. */
export function crowded(context: Context, service: Pick<Service, 'pages'>, seconds: number): Response {
  context.header('retry-after', String(seconds));
  if (wantsJson(context)) return context.json({ error: 'unavailable' }, 503);
  const minutes = Math.ceil(seconds / 60);
  return show(context, service, 'trouble', { failed: true, crowded: true, minutes }, 503);
}

/** Responds to an invalid link. Clients that try many are slowed down. */
export async function badLink(context: Context, service: Service): Promise<Response> {
  const seconds = await service.limits.count('badLinks', service.client(context));
  return seconds > 0 ? refuse(context, service, seconds) : show(context, service, 'invalid', {}, 400);
}

/** Whether the client accepts JSON, as scripts do. */
export function wantsJson(context: Context): boolean {
  return /\bapplication\/json\b/.test(context.req.header('accept') ?? '');
}

/** Paths of a page. */
export function pathsOf({ places }: Pick<Service, 'places'>, page: PageName): string[] {
  return places.folders.map((folder) => `${folder}/${page}`);
}
