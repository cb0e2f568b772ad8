import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import { configurationError } from '../../findings/error.js';
import type { Limits } from '../transport.js';
import { answerOf } from './answers.js';
import { askPatiently, type Sdk } from './request.js';

/**
 * Sending limits of the account (GetAccount; "Managing your sending quotas" in the developer guide: quota and
 * rate count recipients, the quota covers the last 24 hours, and -1 means no limit).
 * @throws ObnError when SES refuses the credentials or cannot be reached.
 */
export async function accountLimits(sdk: Sdk, client: Client): Promise<Limits> {
  try {
    const account = await askPatiently((abortSignal) =>
      client.send(new sdk.GetAccountCommand({}), { abortSignal }),
    );
    const { MaxSendRate: rate, Max24HourSend: quota, SentLast24Hours: sent = 0 } = account.SendQuota ?? {};
    const remaining = quota === undefined || quota < 0 ? undefined : Math.max(0, Math.floor(quota - sent));
    return { rate: rate || undefined, remaining, refusal: refusalOf(account), notice: noticeOf(account) };
  } catch (error) {
    const answer = answerOf(error);
    if (answer.kind === 'accepted') throw error;
    throw configurationError(`cannot read the Amazon SES account: ${answer.reason} (${answer.code})`, {
      hint: 'check credentials, region and network, and that the role has ses:GetAccount',
      cause: error,
    });
  }
}

interface Account {
  readonly SendingEnabled?: boolean | undefined;
  readonly EnforcementStatus?: string | undefined;
  readonly ProductionAccessEnabled?: boolean | undefined;
  readonly SendQuota?: { readonly MaxSendRate?: number | undefined } | undefined;
}

function refusalOf({ SendingEnabled, EnforcementStatus, SendQuota }: Account): string | undefined {
  const rate = SendQuota?.MaxSendRate;
  if (rate !== undefined && !(rate > 0)) return `this Amazon SES account may send ${rate} messages/s`;
  if (EnforcementStatus === 'SHUTDOWN')
    return 'Amazon SES has shut down the account; see its reputation dashboard';
  return SendingEnabled === false ? 'sending is paused for this Amazon SES account' : undefined;
}

function noticeOf({ ProductionAccessEnabled, EnforcementStatus }: Account): string | undefined {
  if (ProductionAccessEnabled === false)
    return 'the account is in the sandbox: only verified addresses can be mailed';
  return EnforcementStatus === 'PROBATION' ? 'Amazon SES is reviewing the account' : undefined;
}
