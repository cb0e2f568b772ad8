import { SesError } from './model.js';

/** What the account may do; change it while the endpoint runs. */
export interface SesAccount {
  maxSendRate: number;
  /** -1: unlimited. */
  max24HourSend: number;
  /** Grows by one with each recipient. */
  sentLast24Hours: number;
  /** false: the sandbox, where only the mailbox simulator gets mail. */
  productionAccess: boolean;
  sendingEnabled: boolean;
}

export const HEALTHY_ACCOUNT: Readonly<SesAccount> = {
  maxSendRate: 500,
  max24HourSend: 1_000_000,
  sentLast24Hours: 0,
  productionAccess: true,
  sendingEnabled: true,
};

/** The answer to GetAccount. */
export function describeAccount(account: SesAccount): object {
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: 'HEALTHY',
    ProductionAccessEnabled: account.productionAccess,
    SendQuota: {
      Max24HourSend: account.max24HourSend,
      MaxSendRate: account.maxSendRate,
      SentLast24Hours: account.sentLast24Hours,
    },
    SendingEnabled: account.sendingEnabled,
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  };
}

/** @throws SesError when the account may not send to these recipients. */
export function checkAccount(account: SesAccount, to: readonly string[]): void {
  if (!account.sendingEnabled) {
    throw new SesError(400, 'SendingPausedException', 'Email sending is paused for this account.');
  }
  const unverified = to.filter((address) => !/@simulator\.amazonses\.com$/i.test(address));
  if (!account.productionAccess && unverified.length > 0) {
    const failed = `The following identities failed the check in region US-EAST-1: ${unverified.join(', ')}`;
    throw new SesError(400, 'MessageRejected', `Email address is not verified. ${failed}`);
  }
  if (account.max24HourSend >= 0 && account.sentLast24Hours + to.length > account.max24HourSend) {
    throw new SesError(400, 'LimitExceededException', 'Daily message quota exceeded.');
  }
}

/** Recipients of the last second. */
export class RateWindow {
  private times: number[] = [];

  /**
   * A message goes through while any of the rate is left; what it takes beyond that counts for the next ones.
   * @throws SesError when the rate of the last second is used up.
   */
  take(recipients: number, maxSendRate: number): void {
    const now = performance.now();
    while (this.times[0] !== undefined && this.times[0] <= now - 1000) this.times.shift();
    if (this.times.length >= maxSendRate) {
      throw new SesError(429, 'TooManyRequestsException', 'Maximum sending rate exceeded.');
    }
    for (let count = 0; count < recipients; count += 1) this.times.push(now);
  }
}
