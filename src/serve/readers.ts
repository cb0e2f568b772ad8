import { parseAddress } from '../audience/address.js';
import type { Config } from '../config/schema.js';
import type { Reader } from '../ledger/reader-store.js';
import { ForgottenKeys } from '../message/forgotten.js';
import { type Confirmation, ConfirmationTokens, type Secrets, UnsubscribeTokens } from '../message/token.js';
import type { Clock } from '../platform/clock.js';
import type { ServeStore } from './store.js';

/** A topic, and whether the reader has chosen it. */
export interface Choice {
  readonly tag: string;
  readonly name: string;
  readonly about?: string | undefined;
  readonly chosen: boolean;
}

export interface ReadersOptions {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly store: ServeStore;
  readonly clock: Clock;
  /**
   * Fields of an address on the list. Undefined: it is not on the list, or there is no list here.
   */
  listed?(key: string): Promise<Readonly<Record<string, string>> | undefined>;
}

const HOUR_MS = 3_600_000;

/** Actions of readers, recorded in the ledger. */
export class Readers {
  readonly tokens: UnsubscribeTokens;
  private readonly confirmations: ConfirmationTokens;
  private readonly forgotten: ForgottenKeys;

  constructor(private readonly options: ReadersOptions) {
    const { secrets, config } = options;
    this.tokens = new UnsubscribeTokens(secrets, config.newsletter.id);
    this.confirmations = new ConfirmationTokens(secrets, config.newsletter.id);
    this.forgotten = new ForgottenKeys([secrets].flat());
  }

  /** Unsubscribes a reader; idempotent. Records nothing about a reader who was forgotten. */
  async unsubscribe(key: string, source: string): Promise<void> {
    const {
      store: { readers },
      clock,
    } = this.options;
    if (await this.isForgotten(key)) return;
    await readers.suppress(key, 'unsubscribed', source, clock.now());
    const reader = await readers.get(key);
    if (reader && reader.state !== 'unsubscribed') await readers.save({ ...reader, state: 'unsubscribed' });
  }

  /** Whether a confirmation email may be sent: not to addresses that bounced or complained. */
  async mayAsk(key: string): Promise<boolean> {
    const known = await this.options.store.readers.suppressed([key, ...this.forgotten.forms(key)]);
    return [...known.values()].every((reason) => reason === 'unsubscribed');
  }

  /** A confirmation token that contains the address and the form fields. */
  invite(address: string, fields: Readonly<Record<string, string>>): string {
    return this.confirmations.issue({ address, fields, issuedAt: this.options.clock.now() });
  }

  /** The content of a valid confirmation token; undefined if it is invalid or expired. */
  invitation(token: string): Confirmation | undefined {
    const { config, clock } = this.options;
    const found = this.confirmations.verify(token);
    return found && clock.now() - found.issuedAt <= config.serve.confirm_hours * HOUR_MS ? found : undefined;
  }

  /** Whether this is a confirmation token, even an expired one. */
  wasInvitation(token: string): boolean {
    return this.confirmations.verify(token) !== undefined;
  }

  /**
   * Subscribes a reader who confirmed. A reader who unsubscribed after signing up stays
   * unsubscribed, so an old link cannot resubscribe anyone.
   * @returns their key; undefined if the token is no longer valid.
   */
  async confirm(token: string): Promise<string | undefined> {
    const {
      store: { readers },
      clock,
    } = this.options;
    const invitation = this.invitation(token);
    const parsed = invitation && parseAddress(invitation.address);
    if (!invitation || !parsed || 'problem' in parsed) return undefined;
    const { key, address } = parsed;
    const { issuedAt, fields } = invitation;
    const known = await readers.suppressed([key, ...this.forgotten.forms(key)]);
    for (const gone of known.keys()) if (!(await readers.unsuppress(gone, issuedAt))) return undefined;
    const before = await readers.get(key);
    if (before?.state === 'subscribed' && (before.confirmedAt ?? 0) >= issuedAt) return key;
    // An existing reader keeps their original date, also for an issue that is being planned now.
    const { since, confirmedAt } =
      before?.state === 'subscribed' ? before : { since: issuedAt, confirmedAt: null };
    await readers.save({
      key,
      address,
      state: 'subscribed',
      fields: { ...before?.fields, ...fields },
      source: 'form',
      since,
      confirmedAt: confirmedAt ?? clock.now(),
    });
    return key;
  }

  /** The topics, with the reader's choices. */
  async choices(key: string): Promise<Choice[]> {
    const tags = await this.tagsOf(key, await this.options.store.readers.get(key));
    return this.options.config.serve.topics.map((topic) => ({ ...topic, chosen: tags.includes(topic.tag) }));
  }

  /** Saves the chosen topics. Other tags stay unchanged. */
  async choose(key: string, chosen: readonly string[]): Promise<void> {
    const {
      store: { readers },
      clock,
      config,
    } = this.options;
    const topics = config.serve.topics.map(({ tag }) => tag);
    const before = await readers.get(key);
    const others = (await this.tagsOf(key, before)).filter((tag) => !topics.includes(tag));
    const tags = [...others, ...topics.filter((tag) => chosen.includes(tag))].join(';');
    if (before) return readers.save({ ...before, fields: { ...before.fields, tags } });
    const base = { key, address: key, state: 'subscribed', since: clock.now(), confirmedAt: null } as const;
    await readers.save({ ...base, fields: { tags }, source: 'preferences' });
  }

  async isForgotten(key: string): Promise<boolean> {
    return (await this.options.store.readers.suppressed(this.forgotten.forms(key))).size > 0;
  }

  private async tagsOf(key: string, reader: Reader | undefined): Promise<string[]> {
    const fields = reader?.fields ?? (await this.options.listed?.(key));
    const tags = (fields?.tags ?? '').split(';').map((tag) => tag.trim());
    return tags.filter((tag) => tag !== '');
  }
}
