import { parseAddress } from '../audience/address.js';
import type { OptOut } from '../audience/duplicates.js';
import type { Transport } from '../transport/transport.js';
import type { SendReporter } from './reporter.js';

const TOLD_EVERY = 1_000;

/** The addresses that the provider suppresses. If the list cannot be read, the send continues. */
export async function providerSuppressions(
  transport: Transport,
  reporter: SendReporter,
): Promise<ReadonlyMap<string, OptOut> | undefined> {
  if (!transport.suppressed) return undefined;
  const found = new Map<string, OptOut>();
  const trouble = await transport.suppressed(({ address, reason }) => {
    const parsed = parseAddress(address);
    if (!('key' in parsed)) return;
    found.set(parsed.key, reason);
    if (found.size % TOLD_EVERY === 0) reporter.progress?.({ kind: 'suppressionsRead', count: found.size });
  });
  if (trouble !== undefined) reporter.notice?.({ kind: 'suppressionsUnknown', reason: trouble });
  return found;
}
