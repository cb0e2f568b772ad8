import { askAll } from '../check/network/ask-all.js';
import type { Verdict } from '../check/network/verdict.js';
import { configurationError } from '../findings/error.js';
import { visible } from '../findings/visible.js';
import type { CompiledMessage } from '../message/compiled.js';
import { imageAddresses } from '../message/embedded.js';
import { askWeb } from '../platform/web.js';
import type { SendJob } from './send-request.js';

/** How many images the error names. */
const NAMED = 5;

/**
 * Requests every image of a message.
 * @throws ObnError if an image of the newsletter's own site does not load yet, or another image is gone
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
    // The archive of a company's internal newsletter may be on a private network.
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
  throw configurationError(`some images do not load: ${named.join('; ')}${more}`, { hint: HINT });
}

const HINT =
  'nothing was sent; build the archive with `obn archive` and publish it, then send again; to skip this check, add --skip-image-check';

function causeOf(verdict: Verdict): string | undefined {
  return 'cause' in verdict ? verdict.cause : undefined;
}
