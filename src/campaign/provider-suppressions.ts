import { parseAddress } from '../audience/address.js';
import type { OptOut } from '../audience/duplicates.js';
import type { Transport } from '../transport/transport.js';
import type { SendSession } from './session.js';

const TOLD_EVERY = 1_000;

/** Whom the provider mails nothing by itself, as far as it says; that it does not say stops nothing. */
export async function providerSuppressions(
  { context }: Pick<SendSession, 'context'>,
  transport: Transport,
): Promise<ReadonlyMap<string, OptOut> | undefined> {
  if (!transport.suppressed) return undefined;
  const found = new Map<string, OptOut>();
  const notice = await transport.suppressed(({ address, reason }) => {
    const parsed = parseAddress(address);
    if (!('key' in parsed)) return;
    found.set(parsed.key, reason);
    if (found.size % TOLD_EVERY === 0)
      context.output.progress(`${found.size.toLocaleString('en')} suppressed addresses read`);
  });
  if (notice !== undefined) context.output.talk(context.output.talkStyle.yellow(notice));
  return found;
}
