import { systemClock } from '../../src/platform/clock.js';
import type { OutgoingMessage } from '../../src/transport/outgoing.js';
import type { SendResult, Transport } from '../../src/transport/transport.js';
import { accepted } from './answers.js';

/** A transport that counts how often each reader was handed over, and answers a little later. */
export class Recorder implements Transport {
  readonly concurrency = 4;
  readonly batch = 1;
  readonly copies = new Map<string, number>();

  /** @param answer decides by the copies of this reader, and by the number of readers that were handed over so far */
  constructor(private readonly answer: (copies: number, readers: number) => SendResult = () => accepted) {}

  async send(messages: readonly OutgoingMessage[]): Promise<SendResult[]> {
    const to = messages[0]?.to ?? '';
    const copies = (this.copies.get(to) ?? 0) + 1;
    this.copies.set(to, copies);
    const result = this.answer(copies, this.copies.size);
    await systemClock.sleep(20);
    return [result];
  }

  async limits(): Promise<Record<string, never>> {
    return {};
  }

  async close(): Promise<void> {}
}
