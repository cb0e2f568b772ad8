import type { SESv2Client as Client, GetEmailIdentityResponse } from '@aws-sdk/client-sesv2';
import { configurationError } from '../../findings/error.js';
import type { Environment } from '../../platform/process.js';
import { answerOf } from './answers.js';
import { askPatiently, type Sdk, type SesOptions } from './request.js';
import { openClient, regionOf } from './ses.js';

/** What Amazon SES says of an account in a region (GetAccount). */
export interface SesAccount {
  readonly sending: boolean;
  /** HEALTHY, PROBATION or SHUTDOWN. */
  readonly enforcement: string;
  /** false: the sandbox. */
  readonly production: boolean;
  /** Recipients a second. */
  readonly rate: number | undefined;
  /** Recipients in 24 hours; undefined: any number. */
  readonly quota: number | undefined;
  readonly sent: number;
}

/** What Amazon SES says of an address or a domain that mail is sent from (GetEmailIdentity). */
export interface SesIdentity {
  readonly name: string;
  readonly verified: boolean;
  readonly dkim: {
    readonly signing: boolean;
    readonly status: string;
    /** Of Easy DKIM three tokens, of an own key its selector. */
    readonly selectors: readonly string[];
    /** Where the keys of Easy DKIM stand; undefined: the key is the owner's. */
    readonly zone: string | undefined;
  };
  /** A MAIL FROM domain of its own. */
  readonly mailFrom: { readonly domain: string; readonly status: string } | undefined;
}

/** Questions about an account of Amazon SES. Each throws ObnError when SES does not answer it. */
export interface SesInspector {
  readonly region: string;
  account(): Promise<SesAccount>;
  /** Undefined: SES knows no such identity. */
  identity(name: string): Promise<SesIdentity | undefined>;
  /** Whether mail goes out with a configuration set; undefined: there is none of this name. */
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

/** @throws ObnError when there is no answer. */
async function ask<T>(action: string, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    const answer = answerOf(error);
    if (answer.kind === 'accepted') throw error;
    const denied = answer.code === 'AccessDeniedException';
    throw configurationError(`Amazon SES does not answer ${action}: ${answer.reason} (${answer.code})`, {
      hint: denied ? `the role needs ses:${action}` : 'check credentials, region, network and clock',
      cause: error,
    });
  }
}

/** What SES says that it does not have is no failure. */
async function unlessMissing<T>(question: Promise<T>): Promise<T | undefined> {
  return question.catch((error: unknown) => {
    if (error instanceof Error && error.name === 'NotFoundException') return undefined;
    throw error;
  });
}
