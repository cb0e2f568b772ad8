import type { Writable } from 'node:stream';
import { createStyle } from '../commands/print/style.js';
import type { Output } from '../commands/terminal.js';
import type { Clock } from '../platform/clock.js';

/** Without a terminal, progress is a line every two seconds. */
const PLAIN_EVERY_MS = 2_000;

/** A stream that may be a terminal. */
export type OutputStream = Writable & { readonly isTTY?: boolean; readonly columns?: number };

export interface OutputOptions {
  readonly color: boolean;
  readonly clock: Clock;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** @returns an output; `end` moves the terminal to a new line */
export function createOutput({ color, clock, stdout, stderr }: OutputOptions): Output & { end(): void } {
  // A closed pipe, such as to `head`, must not end a send.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  let open = false;
  let shownAt = clock.now();
  const finishLine = () => {
    if (open) stderr.write('\n');
    open = false;
  };
  const print = (stream: OutputStream, text: string) => {
    finishLine();
    stream.write(`${text}\n`);
  };
  return {
    style: createStyle(color && stdout.isTTY === true),
    talkStyle: createStyle(color && stderr.isTTY === true),
    result: (text) => print(stdout, text),
    json: (value) => print(stdout, JSON.stringify(value, null, 2)),
    async stream(pieces) {
      finishLine();
      for await (const piece of pieces) {
        if (stdout.destroyed) return;
        if (!stdout.write(piece)) await drained(stdout);
      }
    },
    talk: (text) => print(stderr, text),
    progress(text, share) {
      if (stderr.isTTY) {
        const line = `${share === undefined ? '' : bar(share)}${text}`;
        stderr.write(`\r\x1b[2K${line.slice(0, Math.max(20, (stderr.columns || 80) - 1))}`);
        open = true;
      } else if (clock.now() - shownAt >= PLAIN_EVERY_MS) {
        shownAt = clock.now();
        stderr.write(`${text}\n`);
      }
    },
    end: finishLine,
  };
}

/** Waits until a stream accepts more data, or is closed. */
function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const event of ['drain', 'close', 'error']) stream.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) stream.once(event, done);
  });
}

const BAR_WIDTH = 20;

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} `;
}
