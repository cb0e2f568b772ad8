import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { FrozenRecipient } from '../delivery.js';
import type { Session } from './session.js';
import { COPY_DELIVERIES } from './statements.js';
import { storable } from './text.js';

/** Streams recipients into a send, in order, without keeping them in memory. */
export async function copyRecipients(
  session: Session,
  send: number,
  now: number,
  recipients: AsyncIterable<readonly FrozenRecipient[]>,
): Promise<void> {
  let sequence = 0;
  async function* rows(): AsyncGenerator<string> {
    for await (const batch of recipients) {
      if (batch.length > 0) yield batch.map((one) => rowOf(send, sequence++, one, now)).join('');
    }
  }
  await pipeline(
    Readable.from(rows(), { objectMode: true, highWaterMark: 2 }),
    session.submit(copyFrom(COPY_DELIVERIES)),
  );
}

/** A line of the text format of COPY. */
function rowOf(send: number, sequence: number, one: FrozenRecipient, now: number): string {
  const { key, address, name, reference, fields } = one;
  const texts = [key, address, name, reference, JSON.stringify(fields)];
  return `${[send, sequence, ...texts.map(escaped), now].join('\t')}\n`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return storable(text).replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
