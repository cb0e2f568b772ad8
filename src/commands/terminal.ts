import type { Style } from './print/style.js';

/** Where a command writes. Results go to stdout, everything else to stderr. */
export interface Output {
  result(text: string): void;
  /** The one JSON document of `--json`. */
  json(value: unknown): void;
  /** Streams a result that is too long for memory, as fast as its reader takes it. */
  stream(pieces: AsyncIterable<string>): Promise<void>;
  talk(text: string): void;
  /**
   * A line that the next one replaces on a terminal. Elsewhere, a line is printed every few seconds.
   * @param share how much is done, from 0 to 1; a terminal shows a bar
   */
  progress(text: string, share?: number): void;
  readonly style: Style;
  readonly talkStyle: Style;
}

/** Questions to the person at the terminal. */
export interface Questions {
  text(
    message: string,
    options: { initial?: string; validate?(text: string): string | true },
  ): Promise<string>;
  confirm(message: string): Promise<boolean>;
}
