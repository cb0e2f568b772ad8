import { askWeb } from '../../platform/web.js';
import { kindOf } from '../../transport/table.js';
import { type Examination, failed, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';

const TIMEOUT_MS = 10_000;
/** Amazon rejects signatures older than five minutes. Schedules and leases depend on the clock, too. */
const MAX_SKEW_MS = 60_000;

export const clock: Examination = {
  name: 'clock',
  summary: "this machine's clock is right",
  network: true,
  async examine(subject) {
    const url = new URL(await clockAddress(subject));
    const answer = await askWeb(url, { method: 'HEAD', timeoutMs: TIMEOUT_MS }).catch(() => undefined);
    const there = Date.parse(answer?.headers.date ?? '');
    if (Number.isNaN(there)) return skipped(`${url.host} did not send the time`);
    const ahead = subject.clock.now() - there;
    const seconds = Math.round(Math.abs(ahead) / 1000);
    if (Math.abs(ahead) <= MAX_SKEW_MS) return passed(`within a minute of ${url.host}`);
    return failed(
      `${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} ${url.host}`,
      'turn on time synchronization: timedatectl set-ntp true',
    );
  },
};

/** A server to compare the time with: the provider, or the host of the newsletter. */
async function clockAddress({ transport, newsletter, env }: Subject): Promise<string> {
  const { unsubscribe, newsletter: facts } = newsletter.config;
  const provider = await kindOf(transport)?.clockUrl?.(newsletter, env);
  return provider ?? unsubscribe.url ?? facts.url;
}
