import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How often something may happen within some seconds. */
export interface Limit {
  readonly points: number;
  readonly duration: number;
}

export interface LimitOptions {
  /** Links that are none, from one network. Links that are good are never counted: providers send them for many readers. */
  readonly badLinks: Limit;
  /** Forms from one network. */
  readonly forms: Limit;
  /** Mails to one address. */
  readonly mails: Limit;
}

export const LIMITS: LimitOptions = {
  badLinks: { points: 30, duration: 600 },
  forms: { points: 10, duration: 600 },
  mails: { points: 3, duration: 3600 },
};

/** Counts what could be too much, in the memory of this process. */
export class Limits {
  private readonly limiters: Readonly<Record<keyof LimitOptions, RateLimiterMemory>>;

  constructor(options: LimitOptions = LIMITS) {
    const limiter = (kind: keyof LimitOptions) =>
      new RateLimiterMemory({ keyPrefix: kind, ...options[kind] });
    this.limiters = { badLinks: limiter('badLinks'), forms: limiter('forms'), mails: limiter('mails') };
  }

  /** Counts one more. @returns after how many seconds it may happen again, 0 when it may now */
  async count(kind: keyof LimitOptions, key: string): Promise<number> {
    try {
      await this.limiters[kind].consume(key);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
      throw refused;
    }
  }
}
