import { askWeb } from '../../platform/web.js';
import { kindOf } from '../../transport/table.js';
import { type Examination, failed, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';

const TIMEOUT_MS = 10_000;
/** Amazon refuses what was signed more than five minutes ago; what is due, and every lease, go by the clock. */
const MAX_SKEW_MS = 60_000;

export const clock: Examination = {
  name: 'clock',
  summary: 'the clock of this machine is that of others',
  network: true,
  async examine(subject) {
    const url = new URL(await clockAddress(subject));
    const answer = await askWeb(url, { method: 'HEAD', timeoutMs: TIMEOUT_MS }).catch(() => undefined);
    const there = Date.parse(answer?.headers.date ?? '');
    if (Number.isNaN(there)) return skipped(`${url.host} does not say what time it is`);
    const ahead = subject.clock.now() - there;
    const seconds = Math.round(Math.abs(ahead) / 1000);
    if (Math.abs(ahead) <= MAX_SKEW_MS) return passed(`it is within a minute of that of ${url.host}`);
    return failed(
      `it is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} that of ${url.host}`,
      'set it, and let it be set from now on: timedatectl set-ntp true',
    );
  },
};

/** Somebody who knows what time it is: the provider, or who serves the newsletter. */
async function clockAddress({ transport, newsletter, env }: Subject): Promise<string> {
  const { unsubscribe, newsletter: facts } = newsletter.config;
  const provider = await kindOf(transport)?.clockUrl?.(newsletter, env);
  return provider ?? unsubscribe.url ?? facts.url;
}
