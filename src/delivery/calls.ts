import { messageOf } from '../findings/error.js';
import type { Claim } from '../ledger/delivery.js';
import type { Addressee, MessageWriter } from '../message/writer.js';
import type { Clock } from '../platform/clock.js';
import type { OutgoingMessage } from '../transport/outgoing.js';
import type { CallResult, SendResult, Transport } from '../transport/transport.js';
import type { Pacer } from './pacer.js';

export interface CallOptions {
  readonly transport: Transport;
  readonly writer: Pick<MessageWriter, 'write'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly pacer: Pacer;
  /** Called once for each message that was handed over or could not be written. */
  onAnswer(claim: Claim, result: SendResult): void;
  /** Called once for each message that was not handed over and goes back into the queue. */
  onRelease(claim: Claim, why: Why): void;
  /** Whether the run has paused itself. */
  isPaused(): boolean;
}

export interface Why {
  readonly code: string;
  readonly reason: string;
}

interface Written {
  readonly claim: Claim;
  readonly message: OutgoingMessage;
}

/** A message is handed over only well before its claim expires. */
const LEASE_MARGIN_MS = 30_000;
const LATE: Why = { code: 'late', reason: 'its claim was about to expire before it was handed over' };
const STOPPED: Why = { code: 'stopped', reason: 'the run ended before it was handed over' };

/** Makes the calls of a run. Every claim gets an answer or is released. */
export class Calls {
  private waiting = 0;

  constructor(private readonly options: CallOptions) {}

  /** Whether a follow-up call waits for the pacer. No new call starts before it. */
  get isWaiting(): boolean {
    return this.waiting > 0;
  }

  /** Hands over the messages of one call that the pacer has allowed. */
  async handOver(claims: readonly Claim[]): Promise<void> {
    const written = claims.flatMap((claim) => this.write(claim) ?? []);
    this.options.pacer.giveBack(claims.length - written.length);
    if (written.length > 0) await this.call(written);
  }

  /** Writes a message, or settles its claim if it cannot be written in time. */
  private write(claim: Claim): Written | undefined {
    const { writer, clock, onAnswer, onRelease } = this.options;
    if (isLate(claim, clock.now())) {
      onRelease(claim, LATE);
      return undefined;
    }
    try {
      return { claim, message: writer.write(addresseeOf(claim), clock.now()) };
    } catch (error) {
      onAnswer(claim, { kind: 'rejected', code: 'unwritable', reason: messageOf(error) });
      return undefined;
    }
  }

  private async call(written: readonly Written[]): Promise<void> {
    const { transport, clock, pacer, onAnswer } = this.options;
    const call = pacer.handOver(written.length, clock.steady());
    const lost = (error: unknown): CallResult =>
      written.map(() => ({ kind: 'unknown', code: 'internal', reason: messageOf(error) }));
    const messages = written.map(({ message }) => message);
    const mayGo = () => written.every(({ claim }) => !isLate(claim, clock.now()));
    const results = await transport.send(messages, mayGo).catch(lost);
    const isSplit = results === 'split';
    pacer.answered(call, !isSplit && results.some(({ kind }) => kind === 'accepted'), clock.steady());
    if (isSplit && written.length > 1) return this.callInHalves(written);
    const nothing = { kind: 'unknown', code: 'internal', reason: 'the transport gave no answer' } as const;
    written.forEach(({ claim }, index) => {
      onAnswer(claim, (isSplit ? undefined : results[index]) ?? nothing);
    });
  }

  private async callInHalves(written: readonly Written[]): Promise<void> {
    const middle = Math.ceil(written.length / 2);
    await this.callLater(written.slice(0, middle));
    await this.callLater(written.slice(middle));
  }

  /** Makes a follow-up call. It needs the pacer's permission, and may be late by then. */
  private async callLater(written: readonly Written[]): Promise<void> {
    const { clock, signal, pacer, onRelease, isPaused } = this.options;
    for (let left = written; left.length > 0; ) {
      if (isPaused() || signal.aborted) {
        for (const { claim } of left) onRelease(claim, STOPPED);
        return;
      }
      const allowed = pacer.take(left.length, clock.steady());
      const next = left.slice(0, allowed);
      const late = next.filter(({ claim }) => isLate(claim, clock.now()));
      for (const { claim } of late) onRelease(claim, LATE);
      pacer.giveBack(late.length);
      left = left.slice(allowed);
      const inTime = next.filter((one) => !late.includes(one));
      if (inTime.length > 0) await this.call(inTime);
      else if (allowed === 0) await this.waitForPermission();
    }
  }

  private async waitForPermission(): Promise<void> {
    const { clock, signal, pacer } = this.options;
    this.waiting += 1;
    await clock.sleep(Math.max(1, pacer.wait(clock.steady())), signal);
    this.waiting -= 1;
  }
}

/** Whether a claim is about to expire. A sleeping machine does not notice the time. */
function isLate({ leaseUntil }: Claim, now: number): boolean {
  return now > leaseUntil - LEASE_MARGIN_MS;
}

function addresseeOf({ address, key, name, fields, reference }: Claim): Addressee {
  return { address, key, name, values: fields, reference };
}
