import type { Newsletter } from '../config/load.js';
import { configurationError, usageError } from '../findings/error.js';
import type { Environment } from '../platform/process.js';

/**
 * The address of the ledger from an option, OBN_LEDGER or the configuration, in this order.
 * @throws ObnError if it is empty, or needs a variable that is not set
 */
export function ledgerUrl(newsletter: Newsletter, env: Environment, given?: string | undefined): string {
  const override = given ?? env.OBN_LEDGER;
  if (override === '') {
    if (given === '') throw usageError('--ledger needs the address of a ledger');
    const hint = 'set it to the address of the ledger, or unset it';
    throw configurationError('OBN_LEDGER is empty', { hint });
  }
  if (override === undefined) newsletter.need('ledger');
  return override ?? newsletter.config.ledger;
}

/** An address without the password, for messages and records. */
export function ledgerName(url: string): string {
  const [address = ''] = url.split('?');
  return address.replace(/\/\/.*@/, '//').slice(0, 200);
}
