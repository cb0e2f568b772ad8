import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import { configurationError } from '../../findings/error.js';
import type { OutgoingMessage } from '../../message/writer.js';
import { type Environment, setDefault } from '../../platform/process.js';
import type { SendResult, Transport } from '../transport.js';
import { answerOf } from './answers.js';

export interface SesOptions {
  readonly region?: string | undefined;
  readonly configuration_set?: string | undefined;
  readonly tracking: { readonly opens: boolean; readonly clicks: boolean };
}

const CONCURRENCY = 64;
const CONNECTION_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 30_000;

type Sdk = typeof import('@aws-sdk/client-sesv2');

/**
 * Opens Amazon SES, API version 2. The SDK's own retries are off: SES has no idempotency token, so a retry after an
 * ambiguous error would send twice. Credentials and endpoint come from the SDK's own chain.
 */
export async function openSes(options: SesOptions, env: Environment): Promise<Transport> {
  if (!options.region && !env.AWS_REGION && !env.AWS_DEFAULT_REGION) {
    const hint = 'set ses.region in obn.yaml, or AWS_REGION';
    throw configurationError('the region of Amazon SES is not known', { hint });
  }
  // The SDK announces on every run when it will leave this version of Node.js; that is no news for an author.
  setDefault('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  const sdk = await import('@aws-sdk/client-sesv2');
  const agent = { keepAlive: true, maxSockets: CONCURRENCY };
  const region = options.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION;
  const client = new sdk.SESv2Client({
    ...(region ? { region } : {}),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
  return new SesSingle(sdk, client, options);
}

/** One SendEmail call for each message, with the same bytes that SMTP would carry. */
class SesSingle implements Transport {
  readonly concurrency = CONCURRENCY;

  constructor(
    private readonly sdk: Sdk,
    private readonly client: Client,
    private readonly options: SesOptions,
  ) {}

  async rate(): Promise<number | undefined> {
    try {
      const account = await this.client.send(new this.sdk.GetAccountCommand({}));
      return account.SendQuota?.MaxSendRate;
    } catch (error) {
      const answer = answerOf(error);
      if (answer.kind !== 'refused') return undefined;
      throw configurationError(`Amazon SES refuses: ${answer.reason} (${answer.code})`, {
        hint: 'check the credentials and the region; the right ses:GetAccount is needed to know the rate',
        cause: error,
      });
    }
  }

  async send(message: OutgoingMessage): Promise<SendResult> {
    try {
      const { MessageId } = await this.client.send(new this.sdk.SendEmailCommand(this.request(message)));
      return { kind: 'accepted', messageId: MessageId ?? '' };
    } catch (error) {
      return answerOf(error);
    }
  }

  private request({ from, to, raw, issue, reference }: OutgoingMessage) {
    const { configuration_set, tracking } = this.options;
    const state = (on: boolean) => (on ? ('ENABLED' as const) : ('DISABLED' as const));
    return {
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      Content: { Raw: { Data: raw } },
      EmailTags: [
        { Name: 'obn-issue', Value: String(issue) },
        { Name: 'obn-delivery', Value: reference },
      ],
      ...(configuration_set
        ? {
            ConfigurationSetName: configuration_set,
            ConfigurationOverrides: {
              Tracking: {
                OpenTrackingEnabled: state(tracking.opens),
                ClickTrackingEnabled: state(tracking.clicks),
              },
            },
          }
        : {}),
    };
  }

  async close(): Promise<void> {
    this.client.destroy();
  }
}
