import { askAll } from '../check/network/ask-all.js';
import type { Verdict } from '../check/network/verdict.js';
import { configurationError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { CompiledMessage } from '../message/compiled.js';
import { imageAddresses } from '../message/embedded.js';
import { askWeb } from '../platform/web.js';
import type { SendJob } from './send-request.js';

/** So many images are named. */
const NAMED = 5;

/**
 * Requests every image of a message, as readers will.
 * @throws ObnError when one of the newsletter's own does not answer yet, or another is gone
 */
export async function requireImages(
  { campaign, request, reporter }: SendJob,
  { html }: CompiledMessage,
): Promise<void> {
  const addresses = imageAddresses(html);
  if (addresses.length === 0 || request.skipImageCheck) return;
  const { host, newsletter } = campaign;
  const site = `${newsletter.config.newsletter.url}/`;
  const isOwn = (address: string) => address.startsWith(site);
  const ask = (some: readonly string[], allowPrivate: boolean) =>
    askAll(some, {
      ask: askWeb,
      clock: host.clock,
      signal: new AbortController().signal,
      allowPrivate,
      onVerdict: () => {},
    });
  const [own, others] = await Promise.all([
    // A newsletter within a company has its archive there.
    ask(addresses.filter(isOwn), true),
    ask(
      addresses.filter((address) => !isOwn(address)),
      false,
    ),
  ]);
  const verdicts = [...own, ...others];
  const unresolved = verdicts.filter(([, verdict]) => causeOf(verdict) === 'no-name-server');
  if (unresolved.length > 0) {
    reporter.notice?.({ kind: 'imagesUnchecked', count: unresolved.length });
  }
  const missing = verdicts.filter(
    ([address, verdict]) =>
      causeOf(verdict) !== 'no-name-server' &&
      (verdict.kind === 'dead' || (verdict.kind === 'unsure' && isOwn(address))),
  );
  if (missing.length === 0) return;
  const named = missing
    .slice(0, NAMED)
    .map(([address, verdict]) => `${visible(address)} ${'said' in verdict ? verdict.said : ''}`);
  const more = missing.length > NAMED ? `; and ${missing.length - NAMED} more` : '';
  throw configurationError(`readers would not see every image: ${named.join('; ')}${more}`, { hint: HINT });
}

const HINT =
  'nothing was sent; build the archive and publish it (obn archive), as it has the images of every issue that is no draft, then send again; to send without this check, add --skip-image-check';

function causeOf(verdict: Verdict): string | undefined {
  return 'cause' in verdict ? verdict.cause : undefined;
}
