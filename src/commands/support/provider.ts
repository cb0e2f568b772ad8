import { parseAddress } from '../../audience/address.js';
import type { OptOut } from '../../audience/repeats.js';
import type { Transport } from '../../transport/transport.js';
import { plural } from '../print/findings.js';
import type { SendSession } from './session.js';

/** Whom the provider mails nothing by itself, as far as it says; that it does not say stops nothing. */
export async function providerSuppressions(
  { context }: Pick<SendSession, 'context'>,
  transport: Transport,
): Promise<ReadonlyMap<string, OptOut> | undefined> {
  if (!transport.suppressed) return undefined;
  const found = new Map<string, OptOut>();
  const notice = await transport.suppressed(({ address, reason }) => {
    const parsed = parseAddress(address);
    if ('key' in parsed) found.set(parsed.key, reason);
    if (found.size % 1_000 === 0) context.output.progress(`${plural(found.size, 'address')} suppressed`);
  });
  if (notice !== undefined) context.output.talk(context.output.talkStyle.yellow(notice));
  return found;
}
