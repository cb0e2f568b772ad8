import { EXIT, ObnError } from '../findings/error.js';
import type { Claim } from '../ledger/delivery.js';
import type { DeliveryStore } from '../ledger/delivery-store.js';
import type { Send } from '../ledger/send.js';
import { mayBeRunning } from '../platform/process.js';
import { isSameSend, type Witness } from './witness.js';
import type { WitnessStore } from './witness-store.js';

/** The dependencies of a run that writes a witness. */
export interface HandoverOptions {
  readonly store: WitnessStore;
  /** The witnesses that the ledger was compared with. The first one of this run replaces them. */
  readonly before: readonly Witness[];
  /** The ledger, without its password. */
  readonly ledgerName: string;
  readonly worker: string;
  now(): number;
  /** Called once with the reason if no witness can be written. */
  onUnwitnessed(reason: string): void;
}

/**
 * Watches the claims of a run. A ledger never gives out an attempt twice, and first attempts move forward through
 * the list. A ledger that breaks this rule is an older copy, and its claims are not handed over.
 */
export class Handover {
  /** The highest claimed attempt, by sequence. */
  private attempts = new Uint16Array(1_024);
  private last: readonly [sequence: number, attempt: number] | null = null;
  private reached: number;
  private handedOver: number;
  private isFirst = true;

  private constructor(
    private readonly deliveries: DeliveryStore,
    private readonly send: Send,
    private readonly options: HandoverOptions | undefined,
    known: number,
  ) {
    const same = (options?.before ?? []).filter((one) => isSameSend(send, one));
    this.reached = Math.max(0, ...same.map(({ reached }) => reached));
    this.handedOver = Math.max(known, ...same.map(({ handedOver }) => handedOver));
  }

  /**
   * @param options undefined: no witness, as for a rehearsal
   * @throws ObnError if the ledger no longer has the send
   */
  static async begin(
    deliveries: DeliveryStore,
    send: Send,
    options: HandoverOptions | undefined,
  ): Promise<Handover> {
    const now = await requireSend(deliveries, send);
    return new Handover(deliveries, now, options, options ? await deliveries.handedOver(send.id) : 0);
  }

  /**
   * Records claims before any of them is handed over.
   * @throws ObnError if the ledger is an older copy, or another ledger is in use at the same time
   */
  async admit(claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return;
    let isBehind = false;
    for (const { sequence, attempt } of claims) {
      if (attempt <= this.attemptOf(sequence)) throw goneBack();
      isBehind ||= attempt === 1 && sequence < this.reached;
    }
    if (isBehind && this.deliveries.claimsInOrder) throw goneBack();
    if (isBehind) await this.verify();
    for (const claim of claims) this.note(claim);
    await this.testify();
  }

  /** @throws ObnError if the ledger does not have the latest claim */
  async verify(): Promise<void> {
    if (!this.last) return;
    const [sequence, attempt] = this.last;
    const known = await this.deliveries.attempt(this.send.id, sequence);
    if (known !== undefined && known >= attempt) return;
    // A deferred and then withdrawn delivery is gone, but its send exists.
    if (known !== undefined) throw goneBack();
    await requireSend(this.deliveries, this.send);
  }

  private attemptOf(sequence: number): number {
    const known = this.attempts[sequence] ?? 0;
    // Further attempts are not distinguished.
    return known === HIGHEST ? 0 : known;
  }

  private note({ sequence, attempt }: Claim): void {
    if (sequence >= this.attempts.length) {
      const larger = new Uint16Array(Math.max(sequence + 1, this.attempts.length * 2));
      larger.set(this.attempts);
      this.attempts = larger;
    }
    this.attempts[sequence] = Math.min(attempt, HIGHEST);
    this.reached = Math.max(this.reached, sequence + 1);
    if (attempt === 1) this.handedOver += 1;
    this.last = [sequence, attempt];
  }

  private async testify(): Promise<void> {
    const { options } = this;
    if (!options) return;
    const { store, before, ledgerName, worker } = options;
    const { issue, id: send, createdAt, audienceDigest, retries } = this.send;
    const { reached, handedOver, last } = this;
    const facts = { issue, send, createdAt, audienceDigest, retries, reached, handedOver, last };
    const witness = { ...facts, ledger: ledgerName, worker, at: options.now(), accepted: false };
    if (this.isFirst) await store.prepare();
    const trouble = store.write(witness, this.isFirst);
    if (!this.isFirst) return;
    this.isFirst = false;
    if (trouble !== undefined) {
      options.onUnwitnessed(trouble);
      return;
    }
    await this.refuseOtherLedger(store);
    await store.remove(before.filter((one) => isReplaced(one, witness)));
  }

  /** Detects a run on another ledger. Each run writes its witness before it reads those of others. */
  private async refuseOtherLedger(store: WitnessStore): Promise<void> {
    const others = (await store.read(this.send.issue)).filter(({ issue }) => issue === this.send.issue);
    const other = others.find((one) => !isSameSend(this.send, one));
    if (!other) return;
    throw new LedgerReplaced(
      `issue #${this.send.issue} is also being sent from another ledger, ${other.ledger}`,
      'a newsletter must have one ledger: stop the other run, and use the ledger that has sent more',
    );
  }
}

const HIGHEST = 65_535;

function isReplaced(before: Witness, by: Witness): boolean {
  return before.issue === by.issue && before.worker !== by.worker && !mayBeRunning(before.worker);
}

/** The current state of a send in the ledger. @throws ObnError if the ledger no longer has it, or has another one */
export async function requireSend(deliveries: DeliveryStore, send: Send): Promise<Send> {
  const now = await deliveries.find(send.issue, send.channel);
  if (!now || now.id !== send.id || now.createdAt !== send.createdAt) throw goneBack();
  return now;
}

/** The error for a ledger that is not the one the run began with. */
export class LedgerReplaced extends ObnError {
  constructor(message: string, hint: string) {
    super(EXIT.configuration, message, { hint });
  }
}

function goneBack(): LedgerReplaced {
  return new LedgerReplaced(
    'the ledger was replaced by an older copy while it was in use',
    'nothing more was handed over; restore the newest copy, then run the same command again',
  );
}
