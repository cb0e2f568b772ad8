import { parseAddress } from './address.js';

/** A record of a CSV file, with its text. */
export interface RawRecord {
  /** The line on which it begins, from 1. */
  readonly line: number;
  /** The text with its line end; all records together are the file without its byte order mark. */
  readonly raw: string;
  readonly cells: readonly string[];
  /** Whether it has no values: an empty line, or the line that names the delimiter for Excel. */
  readonly empty: boolean;
  /** Why the bounds or the values of the record are unclear. */
  readonly fault?: string;
  /** Whether it is one of several lines that a stray quote makes unclear. */
  readonly isInDoubt?: boolean;
}

interface Line {
  readonly text: string;
  readonly end: string;
}

interface OpenRecord {
  /** All lines so far. */
  readonly lines: Line[];
  readonly cells: string[];
  /** The quoted value that has not ended. */
  cell: string;
  length: number;
  /** The first value with text after its closing quote, as written. */
  stray?: string;
}

/** The closing quote of a longer value is most likely missing. */
const MAX_LENGTH = 1_000_000;

const SHORT =
  'the row has fewer values than the header has columns, and a quoted value contains the delimiter; is a quote misplaced?';

/** How many lines after a stray quote are unclear. */
const MAX_DOUBTFUL_LINES = 50;

const SEPARATOR_LINE = /^\ufeff?"?sep=([^"]|\\t)"?\s*$/i;

/** The delimiter in a first line such as `sep=;`, written for Excel; undefined when there is no such line. */
export function namedDelimiter(line: string): string | undefined {
  const name = SEPARATOR_LINE.exec(line)?.[1];
  return name === '\\t' ? '\t' : name;
}

/**
 * Splits CSV into records (RFC 4180). A broken quote affects no other records: where a stray quote may include
 * rows, each line that could be one of them becomes a record with a `fault`, and reading continues after them.
 */
export class CsvScanner {
  private rest = '';
  private line = 1;
  private open: OpenRecord | undefined;
  private queue: Line[] = [];
  private at = 0;
  private columns = 0;

  constructor(private readonly delimiter: string) {}

  /** The records that end in this chunk. */
  push(text: string): RawRecord[] {
    this.split(this.rest + text);
    return this.records(false);
  }

  /** The remaining records at the end of the text. */
  end(): RawRecord[] {
    this.split(this.rest, true);
    if (this.rest !== '') this.queue.push({ text: this.rest, end: '' });
    this.rest = '';
    return this.records(true);
  }

  private split(text: string, isLast = false): void {
    const ends = /\r\n|\n|\r/g;
    let from = 0;
    for (let match = ends.exec(text); match !== null; match = ends.exec(text)) {
      // The next chunk may begin with the second half of a line end.
      if (match[0] === '\r' && ends.lastIndex === text.length && !isLast) break;
      this.queue.push({ text: text.slice(from, match.index), end: match[0] });
      from = ends.lastIndex;
    }
    this.rest = text.slice(from);
  }

  private records(isLast: boolean): RawRecord[] {
    const found: RawRecord[] = [];
    for (;;) {
      const line = this.queue[this.at];
      if (line) {
        this.at += 1;
        this.take(line, found);
      } else if (isLast && this.open) this.giveUp(this.open, found);
      else break;
    }
    this.queue = [];
    this.at = 0;
    return found;
  }

  private take(line: Line, found: RawRecord[]): void {
    if (!this.open && !line.text.includes('"')) {
      found.push(this.plain(line));
      return;
    }
    const record = this.open ?? { lines: [], cells: [], cell: '', length: 0 };
    const isOpen = readLine(record, line, this.delimiter, this.open !== undefined);
    record.lines.push(line);
    record.length += line.text.length;
    this.open = isOpen ? record : undefined;
    if (!isOpen) this.finish(record, found);
    else if (record.length > MAX_LENGTH) this.giveUp(record, found);
  }

  private plain({ text, end }: Line): RawRecord {
    const isNamed = this.line === 1 && namedDelimiter(text) !== undefined;
    const cells = isNamed ? [''] : text.split(this.delimiter).map((cell) => cell.trim());
    return this.counted({ line: this.line, raw: text + end, cells, empty: isEmpty(cells) }, 1);
  }

  private finish(record: OpenRecord, found: RawRecord[]): void {
    const { lines, cells, stray } = record;
    if (
      lines.length > 1 &&
      (stray !== undefined || lines.slice(1).some(({ text }) => this.isLikeRow(text)))
    ) {
      this.doubt(record, `is closed on line ${this.line + lines.length - 1}`, found);
      return;
    }
    const raw = lines.map(({ text, end }) => text + end).join('');
    const read = this.line === 1 && namedDelimiter(raw) !== undefined ? [''] : cells;
    const whole = { line: this.line, raw, cells: read, empty: isEmpty(read) };
    const isShort = cells.length < this.columns && cells.some((cell) => cell.includes(this.delimiter));
    if (stray === undefined && !isShort) found.push(this.counted(whole, lines.length));
    else found.push(this.counted(this.repaired(whole, stray), lines.length));
  }

  /** A record with misplaced quotes: read with `\"` as an escaped quote, or with a fault. */
  private repaired(record: RawRecord, stray: string | undefined): RawRecord {
    const cells = stray === undefined ? undefined : cellsWithBackslashes(record.raw, this.delimiter);
    if (cells && cells.length >= this.columns) return { ...record, cells };
    const fault = stray === undefined ? SHORT : strayText(stray);
    return { ...record, cells: this.roughly(record.raw), fault };
  }

  private giveUp(record: OpenRecord, found: RawRecord[]): void {
    this.open = undefined;
    this.doubt(record, 'is never closed', found);
  }

  /** Reports the lines that a stray quote may include, and queues the lines after them to be read again. */
  private doubt({ lines }: OpenRecord, how: string, found: RawRecord[]): void {
    const begin = this.line;
    const doubtful = lines.slice(0, MAX_DOUBTFUL_LINES + 1);
    const last = begin + doubtful.length - 1;
    const range = last > begin ? `; obn cannot read lines ${begin} to ${last}` : '';
    doubtful.forEach(({ text, end }, index) => {
      const cells = this.roughly(text);
      const fault =
        index === 0
          ? `a quote that opens on this line ${how}${range}. Close it, or double a quote inside a value: ""`
          : `this line may belong to the row on line ${begin}, where a quote opens that ${how}`;
      const read = { line: this.line, raw: text + end, cells };
      const empty = isEmpty(cells);
      found.push(this.counted(empty ? { ...read, empty } : { ...read, empty, fault, isInDoubt: true }, 1));
    });
    this.queue = [...lines.slice(doubtful.length), ...this.queue.slice(this.at)];
    this.at = 0;
  }

  private counted(record: RawRecord, lines: number): RawRecord {
    this.line += lines;
    if (this.columns === 0 && !record.empty) this.columns = record.cells.length;
    return record;
  }

  /** The values of a line, without regard to quotes. */
  private roughly(text: string): string[] {
    return text.split(this.delimiter).map((cell) => cell.replaceAll('"', '').trim());
  }

  /** Whether a line in a quoted value could be a row. */
  private isLikeRow(text: string): boolean {
    if (!text.includes('@')) return false;
    const cells = this.roughly(text);
    return cells.length >= Math.min(2, this.columns) && cells.some((cell) => 'key' in parseAddress(cell));
  }
}

export function isEmpty(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0] === '';
}

/** Reads one line of a record. @returns whether a quoted value continues on the next line */
function readLine(record: OpenRecord, { text, end }: Line, delimiter: string, isQuoted: boolean): boolean {
  let at = 0;
  let quoted = isQuoted;
  for (;;) {
    if (!quoted) {
      const start = skipSpace(text, at, delimiter);
      if (text[start] !== '"') {
        const stop = endOf(text, start, delimiter);
        record.cells.push(text.slice(at, stop).trim());
        if (stop === text.length) return false;
        at = stop + 1;
        continue;
      }
      record.cell = '';
      at = start + 1;
    }
    const close = closingQuote(record, text, at);
    if (close < 0) {
      record.cell += end;
      return true;
    }
    const next = skipSpace(text, close + 1, delimiter);
    const stop = endOf(text, next, delimiter);
    if (stop > next) {
      record.cell += text.slice(close, stop);
      record.stray ??= `"${record.cell.trimEnd()}`;
    }
    record.cells.push(record.cell);
    if (stop === text.length) return false;
    at = stop + 1;
    quoted = false;
  }
}

/** Reads up to the closing quote of a value. @returns its offset, or -1 when it is not on this line */
function closingQuote(record: OpenRecord, text: string, from: number): number {
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text[quote + 1] !== '"') {
      record.cell += text.slice(at, quote < 0 ? text.length : quote);
      return quote;
    }
    record.cell += text.slice(at, quote + 1);
    at = quote + 2;
  }
}

function skipSpace(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && /\s/.test(text[at] ?? '')) at += 1;
  return at;
}

function endOf(text: string, from: number, delimiter: string): number {
  const at = text.indexOf(delimiter, from);
  return at < 0 ? text.length : at;
}

/** The values of a line with `\"` as an escaped quote, as some databases write it; undefined for another line. */
function cellsWithBackslashes(text: string, delimiter: string): string[] | undefined {
  if (!text.includes('\\"')) return undefined;
  const record: OpenRecord = { lines: [], cells: [], cell: '', length: 0 };
  const line = { text: text.trimEnd().replaceAll('\\"', '""'), end: '' };
  const isOpen = readLine(record, line, delimiter, false);
  return isOpen || record.stray !== undefined ? undefined : record.cells;
}

function strayText(value: string): string {
  const written = value.length > 60 ? undefined : `"${value.replaceAll('"', '""')}"`;
  const right = written ? `: ${written}` : '';
  return `text follows the closing quote of a value; double a quote inside a value${right}`;
}
