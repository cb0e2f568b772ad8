import type { SESv2Client as Client, GetEmailIdentityResponse } from '@aws-sdk/client-sesv2';
import { configurationError } from '../../findings/error.js';
import type { Environment } from '../../platform/process.js';
import { answerOf } from './answers.js';
import { askPatiently, type Sdk, type SesOptions } from './request.js';
import { openClient, regionOf } from './ses.js';

/** An Amazon SES account in a region (GetAccount). */
export interface SesAccount {
  readonly sending: boolean;
  /** HEALTHY, PROBATION or SHUTDOWN. */
  readonly enforcement: string;
  /** false: the sandbox. */
  readonly production: boolean;
  /** Recipients per second. */
  readonly rate: number | undefined;
  /** Recipients per 24 hours; undefined if unlimited. */
  readonly quota: number | undefined;
  readonly sent: number;
}

/** An Amazon SES identity: an address or domain of a sender (GetEmailIdentity). */
export interface SesIdentity {
  readonly name: string;
  readonly verified: boolean;
  readonly dkim: {
    readonly signing: boolean;
    readonly status: string;
    /** Three tokens for Easy DKIM, or the selector of your own key. */
    readonly selectors: readonly string[];
    /** DNS zone of the Easy DKIM keys; undefined for your own key. */
    readonly zone: string | undefined;
  };
  /** Custom MAIL FROM domain. */
  readonly mailFrom: { readonly domain: string; readonly status: string } | undefined;
}

/** Read-only requests about an Amazon SES account. Each throws ObnError when the request fails. */
export interface SesInspector {
  readonly region: string;
  account(): Promise<SesAccount>;
  /** Undefined if there is no such identity. */
  identity(name: string): Promise<SesIdentity | undefined>;
  /** Whether sending is on for a configuration set; undefined if it does not exist. */
  configurationSet(name: string): Promise<{ readonly sending: boolean } | undefined>;
  close(): void;
}

/** @throws ObnError when the region is not known. */
export async function inspectSes(
  options: Pick<SesOptions, 'region'>,
  env: Environment,
): Promise<SesInspector> {
  const { sdk, client } = await openClient(options, env);
  return {
    region: regionOf(options, env),
    account: () => ask('GetAccount', () => accountOf(sdk, client)),
    identity: (EmailIdentity) =>
      ask('GetEmailIdentity', async () => {
        const command = new sdk.GetEmailIdentityCommand({ EmailIdentity });
        const question = askPatiently((abortSignal) => client.send(command, { abortSignal }));
        const answer = await unlessMissing(question);
        return answer && identityOf(EmailIdentity, answer);
      }),
    configurationSet: (ConfigurationSetName) =>
      ask('GetConfigurationSet', async () => {
        const command = new sdk.GetConfigurationSetCommand({ ConfigurationSetName });
        const question = askPatiently((abortSignal) => client.send(command, { abortSignal }));
        const answer = await unlessMissing(question);
        return answer && { sending: answer.SendingOptions?.SendingEnabled !== false };
      }),
    close: () => client.destroy(),
  };
}

async function accountOf(sdk: Sdk, client: Client): Promise<SesAccount> {
  const command = new sdk.GetAccountCommand({});
  const account = await askPatiently((abortSignal) => client.send(command, { abortSignal }));
  const { SendQuota, SendingEnabled, EnforcementStatus = 'HEALTHY', ProductionAccessEnabled } = account;
  const { MaxSendRate: rate, Max24HourSend: quota = -1, SentLast24Hours: sent = 0 } = SendQuota ?? {};
  return {
    sending: SendingEnabled !== false,
    enforcement: EnforcementStatus,
    production: ProductionAccessEnabled !== false,
    rate,
    quota: quota < 0 ? undefined : quota,
    sent,
  };
}

function identityOf(name: string, answer: GetEmailIdentityResponse): SesIdentity {
  const { VerifiedForSendingStatus, DkimAttributes: dkim, MailFromAttributes: from } = answer;
  const own = dkim?.SigningAttributesOrigin === 'EXTERNAL';
  const mailFrom = from?.MailFromDomain
    ? { domain: from.MailFromDomain.toLowerCase(), status: from.MailFromDomainStatus ?? 'UNKNOWN' }
    : undefined;
  return {
    name,
    verified: VerifiedForSendingStatus === true,
    dkim: {
      signing: dkim?.SigningEnabled === true,
      status: dkim?.Status ?? 'NOT_STARTED',
      selectors: dkim?.Tokens ?? [],
      zone: own ? undefined : (dkim?.SigningHostedZone ?? 'dkim.amazonses.com').toLowerCase(),
    },
    mailFrom,
  };
}

/** @throws ObnError when the request fails. */
async function ask<T>(action: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    const answer = answerOf(error);
    if (answer.kind === 'accepted') throw error;
    const denied = answer.code === 'AccessDeniedException';
    throw configurationError(`Amazon SES request ${action} failed: ${answer.reason} (${answer.code})`, {
      hint: denied ? `the role needs ses:${action}` : 'check credentials, region, network and clock',
      cause: error,
    });
  }
}

/** Undefined if SES reports that the resource does not exist. */
async function unlessMissing<T>(question: Promise<T>): Promise<T | undefined> {
  return question.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  });
}
