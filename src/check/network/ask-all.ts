import pLimit, { type LimitFunction } from 'p-limit';
import type { Verdict } from './verdict.js';
import { type VisitOptions, visit } from './visit.js';

export interface AskOptions extends VisitOptions {
  /** Called once for each address, with its verdict. */
  onVerdict(address: string, verdict: Verdict): void;
}

const AT_ONCE = 8;
const AT_ONCE_A_HOST = 2;
/** Between two requests to one host. */
const PAUSE_MS = 200;
/** After this many requests without an answer, obn makes no more requests to a host. */
const MAX_SILENCE = 2;

/** Requests every address, a few at a time and fewer per host. The result lacks addresses that a stop left out. */
export async function askAll(
  addresses: readonly string[],
  options: AskOptions,
): Promise<Map<string, Verdict>> {
  const { clock, signal, onVerdict } = options;
  const verdicts = new Map<string, Verdict>();
  const all = pLimit(AT_ONCE);
  const hosts = new Map<string, Host>();
  const one = async (address: string, host: Host) => {
    const verdict = host.silent ?? (await all(() => (signal.aborted ? undefined : visit(address, options))));
    if (!verdict || signal.aborted) return;
    host.note(verdict);
    verdicts.set(address, verdict);
    onVerdict(address, verdict);
    if (host.limit.pendingCount > 0 && !host.silent) await clock.sleep(PAUSE_MS);
  };
  const asked = [...new Set(addresses)].map((address) => {
    const { host: name } = new URL(address);
    const host = hosts.get(name) ?? new Host();
    hosts.set(name, host);
    return host.limit(() => one(address, host));
  });
  await Promise.all(asked);
  return verdicts;
}

class Host {
  readonly limit: LimitFunction = pLimit(AT_ONCE_A_HOST);
  /** The verdict on the remaining addresses of a host that does not answer. */
  silent: Verdict | undefined;
  private silence = 0;

  note(verdict: Verdict): void {
    this.silence = 'cause' in verdict && verdict.cause === 'time-out' ? this.silence + 1 : 0;
    if (this.silence >= MAX_SILENCE && 'said' in verdict) {
      this.silent = {
        ...verdict,
        said: `was not requested, because its host did not answer ${MAX_SILENCE} other requests`,
      };
    }
  }
}
