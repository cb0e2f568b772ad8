import { createHash } from 'node:crypto';
import type { Config } from '../config/schema.js';
import type { RenderedIssue } from '../render/rendered.js';
import type { Slot, Slotted } from '../render/slots.js';

export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/**
 * A message compiled once per issue: literal pieces and merge slots, as plain data. The ledger stores it when
 * a send begins, so that resuming needs neither the issue nor the configuration.
 */
export interface CompiledMessage {
  readonly issue: number;
  /** Set for an email to a single person, such as a confirmation, instead of an issue. */
  readonly notice?: true;
  readonly from: Mailbox;
  readonly replyTo?: string;
  /** List-Id identifier and phrase (RFC 2919). */
  readonly list: { readonly id: string; readonly name: string };
  /** URL to which the one-click unsubscribe token is appended; undefined if there is none. */
  readonly unsubscribeUrl?: string;
  readonly subject: Slotted;
  readonly text: Slotted;
  readonly html: Slotted;
}

/** The only slot that is not a column of the list. */
export const UNSUBSCRIBE_SLOT = 'unsubscribe_url';

export function compileMessage(rendered: RenderedIssue, config: Config): CompiledMessage {
  const { newsletter, from, reply_to, unsubscribe } = config;
  return {
    issue: rendered.number,
    from,
    ...(reply_to ? { replyTo: reply_to } : {}),
    list: { id: newsletter.id, name: newsletter.name },
    ...(unsubscribe.url ? { unsubscribeUrl: unsubscribe.url } : {}),
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
  };
}

/**
 * Compiles an email to a single person, such as a confirmation. It is not list mail (RFC 3834).
 * @param texts texts with their slots.
 */
export function compileNotice(
  texts: Pick<CompiledMessage, 'subject' | 'text' | 'html'>,
  config: Config,
): CompiledMessage {
  const { newsletter, from, reply_to } = config;
  const replyTo = reply_to ? { replyTo: reply_to } : {};
  return {
    issue: 0,
    notice: true,
    from,
    ...replyTo,
    list: { id: newsletter.id, name: newsletter.name },
    ...texts,
  };
}

/** SHA-256, in hex, of everything that recipients see. */
export function messageDigest(message: CompiledMessage): string {
  return createHash('sha256').update(JSON.stringify(message)).digest('hex');
}

/** The columns that a message uses, and those that every recipient must have. */
export function messageFields(message: CompiledMessage): { all: string[]; required: string[] } {
  const slots = [...message.subject, ...message.text, ...message.html].filter(isSlot);
  const columns = slots.filter((slot) => slot.name !== UNSUBSCRIBE_SLOT);
  const unique = (some: Slot[]) => [...new Set(some.map((slot) => slot.name))].sort();
  return { all: unique(columns), required: unique(columns.filter((slot) => slot.fallback === undefined)) };
}

export function isSlot(piece: string | Slot): piece is Slot {
  return typeof piece !== 'string';
}
