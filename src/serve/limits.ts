import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { ReaderStore } from '../ledger/reader-store.js';
import type { Clock } from '../platform/clock.js';

/** A maximum count within a number of seconds. */
export interface Limit {
  readonly points: number;
  readonly duration: number;
}

export interface LimitOptions {
  /**
   * Invalid links from one network. Valid links are never counted: mailbox providers open them for
   * many readers.
   */
  readonly badLinks: Limit;
  /** Form submissions from one network. */
  readonly forms: Limit;
  /** Emails to one mailbox. */
  readonly mails: Limit;
  /** Emails sent by the whole service. */
  readonly service: Limit;
}

export type LimitKind = keyof LimitOptions;

export const LIMITS: LimitOptions = {
  badLinks: { points: 30, duration: 600 },
  forms: { points: 10, duration: 600 },
  mails: { points: 3, duration: 3600 },
  service: { points: 300, duration: 3600 },
};

/** Rate limits. */
export interface Limits {
  /** Counts one event. @returns seconds until the next one is allowed; 0 if it is allowed now */
  count(kind: LimitKind, key: string): Promise<number>;
}

/** Limits counted in the memory of this process. */
export class MemoryLimits implements Limits {
  private readonly limiters: Readonly<Record<LimitKind, RateLimiterMemory>>;

  constructor(options: LimitOptions = LIMITS) {
    const limiter = (kind: LimitKind) => new RateLimiterMemory({ keyPrefix: kind, ...options[kind] });
    this.limiters = {
      badLinks: limiter('badLinks'),
      forms: limiter('forms'),
      mails: limiter('mails'),
      service: limiter('service'),
    };
  }

  async count(kind: LimitKind, key: string): Promise<number> {
    try {
      await this.limiters[kind].consume(key);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  }
}

/**
 * Limits counted in the ledger, for all processes that share it. Keys are stored as keyed hashes.
 */
export class LedgerLimits implements Limits {
  private readonly secret;

  constructor(
    private readonly readers: Pick<ReaderStore, 'takeQuota'>,
    private readonly clock: Pick<Clock, 'now'>,
    secret: string,
    private readonly options: LimitOptions = LIMITS,
  ) {
    this.secret = createSecretKey(new Uint8Array(hkdfSync('sha256', secret, 'obn', 'limits', 32)));
  }

  async count(kind: LimitKind, key: string): Promise<number> {
    const { points, duration } = this.options[kind];
    const hash = createHmac('sha256', this.secret).update(`${kind}\n${key}`).digest('base64url');
    const now = this.clock.now();
    const { count, resetsAt } = await this.readers.takeQuota(hash, now, now + duration * 1000);
    return count <= points ? 0 : Math.max(1, Math.ceil((resetsAt - now) / 1000));
  }
}
