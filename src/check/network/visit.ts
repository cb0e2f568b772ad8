import type { Clock } from '../../platform/clock.js';
import { isPrivateAddress } from '../../platform/private.js';
import { redirectTarget } from '../../platform/redirect-target.js';
import { type WebAnswer, WebError, type WebOptions } from '../../platform/web.js';
import { isBotWall } from './bot-walls.js';
import {
  redirectVerdict,
  through,
  UNKNOWN,
  type Verdict,
  verdictOfAnswer,
  verdictOfError,
} from './verdict.js';

export interface VisitOptions {
  ask(url: URL, options: WebOptions): Promise<WebAnswer>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether to request addresses of this machine or its network. */
  readonly allowPrivate?: boolean;
  readonly limits?: VisitLimits;
}

interface VisitLimits {
  readonly headMs: number;
  readonly getMs: number;
  /** For all requests for one link. */
  readonly wholeMs: number;
}

const LIMITS: VisitLimits = { headMs: 5_000, getMs: 10_000, wholeMs: 30_000 };
const MAX_REDIRECTS = 10;
/** The longest `Retry-After` that obn waits for. */
const MAX_WAIT_S = 10;
/** Causes that a second request would not change. */
const FINAL = ['no-host', 'no-name-server', 'refused', 'not-secure', 'private'];

/** Checks that a web address works: by HEAD, and by GET when HEAD has no good answer. Never rejects. */
export async function visit(address: string, options: VisitOptions): Promise<Verdict> {
  const trip = new Trip(options);
  const first = await trip.go(new URL(address), 'HEAD');
  const settled = !('cause' in first) || FINAL.includes(first.cause);
  return settled || options.signal.aborted ? first : trip.go(new URL(address), 'GET');
}

class Trip {
  private readonly end: number;
  private readonly limits: VisitLimits;
  private waited = false;

  constructor(private readonly options: VisitOptions) {
    this.limits = options.limits ?? LIMITS;
    this.end = options.clock.steady() + this.limits.wholeMs;
  }

  /** Makes a request and follows its redirects. */
  async go(start: URL, method: WebOptions['method']): Promise<Verdict> {
    const seen = new Set<string>();
    let publicOnly = !this.options.allowPrivate;
    for (let url = start; ; ) {
      const tell = (verdict: Verdict) => this.tell(start, url, verdict);
      seen.add(url.href);
      const answer = await this.ask(url, method, publicOnly);
      if (answer instanceof WebError) return tell(verdictOfError(answer));
      if (answer.status === 429 && (await this.wait(answer))) {
        seen.clear();
        continue;
      }
      const next = redirectTarget(answer, url);
      if (next === undefined) return tell(verdictOfAnswer(answer));
      if (next === null) return tell(redirectVerdict('redirects to an invalid address'));
      if (seen.has(next.href)) return tell(redirectVerdict('redirects in a loop'));
      if (seen.size > MAX_REDIRECTS)
        return tell(redirectVerdict(`redirects more than ${MAX_REDIRECTS} times`));
      // A public site must not make obn request an address of the private network.
      publicOnly ||= !isPrivateAddress(answer.address);
      url = next;
    }
  }

  private async ask(
    url: URL,
    method: WebOptions['method'],
    publicOnly: boolean,
  ): Promise<WebAnswer | WebError> {
    const { ask, clock, signal } = this.options;
    const left = Math.round(this.end - clock.steady());
    if (left <= 0) return new WebError('time-out', `no answer within ${this.limits.wholeMs / 1000} s`);
    const timeoutMs = Math.min(left, method === 'HEAD' ? this.limits.headMs : this.limits.getMs);
    try {
      return await ask(url, { method, timeoutMs, publicOnly, signal });
    } catch (error) {
      if (error instanceof WebError) return error;
      throw error;
    }
  }

  /** Waits once, if the server asks for a short wait. @returns whether to try again */
  private async wait({ headers }: WebAnswer): Promise<boolean> {
    const text = headers['retry-after'] ?? '';
    if (this.waited || !/^\d{1,2}$/.test(text) || Number(text) > MAX_WAIT_S) return false;
    this.waited = true;
    await this.options.clock.sleep(Number(text) * 1_000, this.options.signal);
    return !this.options.signal.aborted;
  }

  private tell(start: URL, url: URL, verdict: Verdict): Verdict {
    const counts = 'cause' in verdict && verdict.kind === 'dead' && verdict.cause !== 'refused';
    if (isBotWall(url.hostname) && verdict.kind !== 'good' && !counts) return UNKNOWN;
    return url.href === start.href ? verdict : through(url.href, verdict);
  }
}
