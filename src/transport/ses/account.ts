import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import { configurationError } from '../../findings/error.js';
import type { Limits } from '../transport.js';
import { answerOf } from './answers.js';
import { askPatiently, type Sdk } from './request.js';

/**
 * What the account may send (GetAccount; "Managing your sending quotas" in the developer guide: quota and rate count
 * recipients, the quota over the last 24 hours, and -1 stands for no limit).
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
    throw configurationError(
      `Amazon SES cannot be asked about the account: ${answer.reason} (${answer.code})`,
      {
        hint: 'check credentials, region and network; the role needs ses:GetAccount',
        cause: error,
      },
    );
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
  if (rate !== undefined && !(rate > 0)) return `Amazon SES allows this account ${rate} messages a second`;
  if (EnforcementStatus === 'SHUTDOWN')
    return 'Amazon SES has shut the account down; see its reputation dashboard';
  return SendingEnabled === false ? 'sending is paused for this account of Amazon SES' : undefined;
}

function noticeOf({ ProductionAccessEnabled, EnforcementStatus }: Account): string | undefined {
  if (ProductionAccessEnabled === false)
    return 'the account is in the sandbox: only verified addresses get mail';
  return EnforcementStatus === 'PROBATION' ? 'Amazon SES has the account under review' : undefined;
}
