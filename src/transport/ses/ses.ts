import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import { configurationError } from '../../findings/error.js';
import { type Environment, setDefault } from '../../platform/process.js';
import type { Transport } from '../transport.js';
import { accountLimits } from './account.js';
import { SesBulk } from './bulk.js';
import { type AccountQuestions, DEADLINE_MS, type Sdk, type SesOptions } from './request.js';
import { SesSingle } from './single.js';
import { accountSuppressions } from './suppressed.js';

/** More than a rate of a thousand a second needs at a latency of 200 ms; a known rate allows fewer. */
const CONCURRENCY = 256;
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Opens Amazon SES, API version 2. The SDK's own retries are off: SES has no idempotency token, so a retry after an
 * ambiguous error would send twice. Credentials and endpoint come from the SDK's own chain.
 */
export async function openSes(options: SesOptions, env: Environment): Promise<Transport> {
  const { sdk, client } = await openClient(options, env);
  const account: AccountQuestions = {
    limits: () => accountLimits(sdk, client),
    suppressed: (found) => accountSuppressions(sdk, client, found),
  };
  if (options.mode === 'bulk') return new SesBulk(sdk, client, options, account);
  return new SesSingle(sdk, client, options, account, CONCURRENCY);
}

/** The region that the configuration or the environment names. @throws ObnError when none does. */
export function regionOf({ region }: Pick<SesOptions, 'region'>, env: Environment): string {
  const known = region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (known) return known;
  const hint = 'set ses.region in obn.yaml, or AWS_REGION';
  throw configurationError('the region of Amazon SES is not known', { hint });
}

/** Makes a client that does what it is asked once, and within a time. */
export async function openClient(
  options: Pick<SesOptions, 'region'>,
  env: Environment,
): Promise<{ sdk: Sdk; client: Client }> {
  const region = regionOf(options, env);
  // The SDK announces on every run when it will leave this version of Node.js; that is no news for an author.
  setDefault('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  const sdk = await import('@aws-sdk/client-sesv2');
  const agent = { keepAlive: true, maxSockets: CONCURRENCY };
  const client = new sdk.SESv2Client({
    region,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      // A connection on which an answer has stopped half-way must not stay open for ever.
      socketTimeout: DEADLINE_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  // Without a logger it would still put together, for every call, all that could be logged.
  client.middlewareStack.remove('loggerMiddleware');
  markUnsent(client);
  return { sdk, client };
}

/**
 * BloomFilter an error that comes up before the request is handed to the connection, so that nothing can have been taken:
 * credentials that another service of AWS refuses, a region that is missing, a request that cannot be signed.
 */
function markUnsent({ middlewareStack }: Client): void {
  const sent = new WeakSet<object>();
  middlewareStack.add(
    (next, context) => (args) =>
      next(args).catch((error: unknown) => {
        if (error instanceof Error && !sent.has(context)) Object.assign(error, { neverSent: true });
        throw error;
      }),
    { step: 'initialize', priority: 'high', name: 'obnMarkUnsent' },
  );
  middlewareStack.add(
    (next, context) => (args) => {
      sent.add(context);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'obnNoteSent' },
  );
}
