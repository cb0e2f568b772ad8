import { randomBytes } from 'node:crypto';
import type { Newsletter } from '../config/load.js';
import { compileNotice } from '../message/compiled.js';
import { MessageWriter } from '../message/writer.js';
import type { Clock } from '../platform/clock.js';
import { renderNotice } from '../render/notice.js';
import { sendOne, type Transport } from '../transport/transport.js';
import type { Invite } from './service.js';

export interface InviteOptions {
  readonly newsletter: Newsletter;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Delay before each retry of a deferred email, in milliseconds. */
  readonly waits: readonly number[];
  /** Ends the delay: pending retries run immediately. */
  readonly signal?: AbortSignal;
  /** Reports an email that was not accepted. The arguments do not reveal the reader. */
  onRefused(code: string, reason: string): void;
}

/** Slot of the confirmation link. */
const LINK = 'confirm_url';

/**
 * Creates the sender of confirmation emails. The email is rendered on first use. Only deferred
 * emails are retried.
 */
export function invitations(options: InviteOptions): Invite {
  const { newsletter, transport, clock, waits, signal } = options;
  let rendering: Promise<MessageWriter> | undefined;
  const writer = () => {
    rendering ??= makeWriter(newsletter).catch((error: unknown) => {
      rendering = undefined;
      throw error;
    });
    return rendering;
  };
  return async (address, link) => {
    const reference = randomBytes(16).toString('hex');
    const reader = { address, key: address.toLowerCase(), name: '', values: { [LINK]: link }, reference };
    const message = (await writer()).write(reader, clock.now());
    for (const wait of [...waits, undefined]) {
      const result = await sendOne(transport, message);
      if (!result || result.kind === 'accepted') return;
      if (result.kind !== 'deferred' || wait === undefined)
        return options.onRefused(result.code, result.reason);
      await clock.sleep(wait, signal);
    }
  };
}

async function makeWriter(newsletter: Newsletter): Promise<MessageWriter> {
  const facts = { hours: newsletter.config.serve.confirm_hours };
  const notice = await renderNotice('confirm', newsletter, { slots: [LINK], facts });
  return new MessageWriter(compileNotice(notice, newsletter.config));
}
