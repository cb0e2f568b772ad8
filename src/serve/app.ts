import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Newsletter } from '../config/load.js';
import { SECRET_COMMAND, weakSecretFinding } from '../config/secret-strength.js';
import { configurationError } from '../findings/error.js';
import type { Secrets } from '../message/token.js';
import type { Clock } from '../platform/clock.js';
import type { BackgroundTasks } from './background-tasks.js';
import { Health } from './health.js';
import { LedgerLimits, LIMITS, type LimitOptions, MemoryLimits } from './limits.js';
import { type AccessLine, accessLog } from './log.js';
import { loadPages } from './pages.js';
import { readerRoutes } from './reader-routes.js';
import { Readers, type ReadersOptions } from './readers.js';
import { confirmRoutes } from './routes/confirm.js';
import { preferenceRoutes } from './routes/preferences.js';
import { subscribeRoutes } from './routes/subscribe.js';
import { unsubscribeRoutes } from './routes/unsubscribe.js';
import { pathsOf, RETRY_SECONDS, type Service, show, unavailable } from './service.js';
import { availableStore, LedgerUnavailable, type ServeStore } from './store.js';

export interface AppOptions
  extends Pick<ReadersOptions, 'listed'>,
    Pick<Service, 'later' | 'invite' | 'client'> {
  readonly newsletter: Newsletter;
  readonly store: ServeStore;
  readonly clock: Clock;
  readonly later: BackgroundTasks;
  readonly limits?: LimitOptions;
  /** Whether other processes share the ledger, so that rate limits must be counted there. */
  readonly shared?: boolean;
  onAccess(line: AccessLine): void;
  /** Reports unexpected errors. */
  onBug(error: unknown): void;
}

/**
 * Creates the reader app, used by the server and by AWS Lambda.
 * @throws ObnError when the configuration has no secret or no unsubscribe URL.
 */
export async function createApp(given: AppOptions): Promise<Hono> {
  const options = { ...given, store: availableStore(given.store, given.clock) };
  const service = await serviceOf(options);
  const { places } = service;
  const app = new Hono();
  app.use(accessLog(options.clock, places.nameOf, options.onAccess));
  app.use(headers(places.base.startsWith('https:')));
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
  });
  const health = new Health(options.store.locks, options.clock);
  for (const path of pathsOf(service, 'health')) app.get(path, (context) => answer(health, options, context));
  if (service.invite) app.route('/', subscribeRoutes(service));
  app.route('/', confirmRoutes(service));
  if (service.newsletter.config.serve.topics.length > 0) app.route('/', preferenceRoutes(service));
  app.route('/', unsubscribeRoutes(service));
  app.notFound((context) => show(context, service, 'trouble', { missing: true }, 404));
  app.onError((error, context) => {
    if (error instanceof HTTPException) return show(context, service, 'trouble', { refused: true }, 400);
    options.onBug(error);
    if (error instanceof LedgerUnavailable) return unavailable(context, service);
    return show(context, service, 'trouble', { failed: true }, 500);
  });
  return app;
}

/**
 * Reports whether the ledger is writable, and the list ID, so that a monitor can identify the
 * service.
 */
async function answer(
  health: Health,
  { newsletter, onBug }: Pick<AppOptions, 'newsletter' | 'onBug'>,
  context: Context,
): Promise<Response> {
  const list = newsletter.config.newsletter.id;
  try {
    await health.check();
    return context.json({ status: 'ok', list });
  } catch (error) {
    onBug(error);
    context.header('retry-after', String(RETRY_SECONDS));
    return context.json({ status: 'no ledger', list }, 503);
  }
}

/**
 * The secrets that sign links.
 * @throws ObnError when the secret is missing or weak, or when the unsubscribe URL is missing.
 */
export function requireSecret(newsletter: Newsletter): Secrets {
  newsletter.need('unsubscribe');
  readerRoutes(newsletter.config);
  const { secret } = newsletter.config.unsubscribe;
  const weak = weakSecretFinding(newsletter);
  if (weak) throw configurationError('links signed with this secret could be forged', { findings: [weak] });
  if (secret?.length) return secret;
  throw configurationError('unsubscribe.secret is not set, so links cannot be verified', {
    hint: `set it in obn.yaml to the variable that \`obn send\` signs with; make one with: ${SECRET_COMMAND}`,
  });
}

async function serviceOf(options: AppOptions): Promise<Service> {
  const { newsletter, invite } = options;
  const { config } = newsletter;
  const secrets = requireSecret(newsletter);
  const places = readerRoutes(config);
  return {
    newsletter,
    places,
    readers: new Readers({ ...options, config, secrets }),
    pages: await loadPages(newsletter, places),
    limits: limitsOf(options, secrets),
    later: options.later,
    invite: config.serve.subscribe ? invite : undefined,
    client: options.client,
  };
}

function limitsOf({ newsletter, limits, shared = false, store, clock }: AppOptions, secrets: Secrets) {
  const service = { ...LIMITS.service, points: newsletter.config.serve.emails_per_hour };
  const all = limits ?? { ...LIMITS, service };
  return shared
    ? new LedgerLimits(store.readers, clock, [secrets].flat()[0] ?? '', all)
    : new MemoryLimits(all);
}

/** Security headers of every response: no framing, no sharing with other sites, no referrer. */
function headers(https: boolean) {
  return secureHeaders({
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: https ? 'max-age=31536000' : false,
    xFrameOptions: 'DENY',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  });
}
