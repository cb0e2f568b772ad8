import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import { configurationError } from '../../findings/error.js';
import { type Environment, setDefault } from '../../platform/process.js';
import type { Transport } from '../transport.js';
import { accountLimits } from './account.js';
import { SesBulk } from './bulk.js';
import { type AccountQuestions, DEADLINE_MS, type Sdk, type SesOptions } from './request.js';
import { SesSingle } from './single.js';
import { accountSuppressions } from './suppressed.js';

/** Enough for a thousand messages per second at 200 ms latency. A known rate lowers it. */
const CONCURRENCY = 256;
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Opens Amazon SES, API version 2. The SDK's own retries are off: SES has no idempotency token, so a retry after an
 * ambiguous error would send twice. The SDK resolves credentials and endpoint.
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

/** The region from the configuration or the environment. @throws ObnError if neither sets one. */
export function regionOf({ region }: Pick<SesOptions, 'region'>, env: Environment): string {
  const known = region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  if (known) return known;
  const hint = 'set ses.region in obn.yaml, or AWS_REGION';
  throw configurationError('no region set for Amazon SES', { hint });
}

/** Creates a client without retries and with time limits. */
export async function openClient(
  options: Pick<SesOptions, 'region'>,
  env: Environment,
): Promise<{ sdk: Sdk; client: Client }> {
  const region = regionOf(options, env);
  // Hides the SDK's notice about future support of this Node.js version, which does not concern authors.
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
      // Closes connections on which a response stalls.
      socketTimeout: DEADLINE_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  // Without a logger, the SDK would still build a log entry for every call.
  client.middlewareStack.remove('loggerMiddleware');
  markUnsent(client);
  return { sdk, client };
}

/**
 * Marks errors that occur before the request is sent, so that nothing can have been accepted: refused
 * credentials, a missing region, a request that cannot be signed.
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
