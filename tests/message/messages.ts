import fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { CompiledMessage } from '../../src/message/compiled.js';
import type { Addressee, WriterOptions } from '../../src/message/writer.js';
import { MessageWriter } from '../../src/message/writer.js';
import type { Slot, SlotContext, Slotted } from '../../src/render/slots.js';

/** 18 September 2018, 09:00 UTC. */
export const NOW = Date.UTC(2018, 8, 18, 9);

export const SECRET = 'a secret of this list';

export function message(parts: Partial<CompiledMessage> = {}): CompiledMessage {
  return {
    issue: 3,
    from: { name: 'Jane Doe', email: 'jane@n.example' },
    list: { id: 'weekly.n.example', name: 'Weekly' },
    unsubscribeUrl: 'https://n.example/unsubscribe',
    subject: ['Issue #3'],
    text: ['Text\n'],
    html: ['<p>HTML</p>\n'],
    ...parts,
  };
}

export function addressee(more: Partial<Addressee> = {}): Addressee {
  return {
    address: 'Ada@example.com',
    key: 'ada@example.com',
    name: 'Ada Lovelace',
    values: {},
    reference: 'ref0123456789',
    ...more,
  };
}

/** The message for a recipient as it goes over the wire. */
export function write(
  compiled: CompiledMessage,
  to: Addressee,
  options: WriterOptions = { secret: SECRET },
): Buffer {
  return new MessageWriter(compiled, options).write(to, NOW).raw();
}

/** What another program makes of the bytes. */
export function read(raw: Buffer): Promise<ParsedMail> {
  const asItIs = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
  return simpleParser(raw, asItIs);
}

/** The folded header lines. */
export function headerLines(raw: Buffer): string[] {
  return (raw.toString('latin1').split('\r\n\r\n', 1)[0] ?? '').split('\r\n');
}

export function headerNames(raw: Buffer): string[] {
  return headerLines(raw)
    .filter((line) => !/^[ \t]/.test(line))
    .map((line) => line.split(':')[0] ?? '');
}

export function slot(name: string, context: SlotContext, fallback?: string): Slot {
  return { name, context, ...(fallback === undefined ? {} : { fallback }) };
}

/** What people, programs and attackers put into the columns of a list. */
export const anyValue = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 200 }) },
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.constantFrom(
          ...[
            '\r\n',
            '\r',
            '\n',
            '\0',
            '\t',
            ' ',
            '      ',
            '"',
            "'",
            '\\',
            '<',
            '>',
            '&',
            '=',
            '=?utf-8?Q?x?=',
            '.',
          ],
          ...[
            '\ud800',
            '\udc00',
            '\u2028',
            '\u0085',
            '\ufeff',
            '😀',
            'é',
            '--',
            ',',
            ';',
            ':',
            '@',
            '(',
            ')',
            'a',
            'Bcc: x',
            'From ',
          ],
          ...['\r\nBcc: evil@example.org', '\r\n\r\n<html>', '$&', '%0d%0a', 'https://x.example/?a=b&c'],
        ),
        { maxLength: 30 },
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.integer({ min: 900, max: 5_000 }).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.integer({ min: 60, max: 1_500 }).map((length) => `a${' '.repeat(length)}b`) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 1_000 }).map((length) => 'ü😀'.repeat(length)) },
);

/** Literal text, whose line breaks are those of templates. */
export const anyLiteral = anyValue.map((text) => text.replace(/\r\n?/g, '\n'));

const NAMES = ['a', 'b', 'c'] as const;

export function slotted(...contexts: [SlotContext, ...SlotContext[]]): fc.Arbitrary<Slotted> {
  const anySlot = fc
    .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...contexts), fc.option(anyValue, { nil: undefined }))
    .map(([name, context, fallback]) => slot(name, context, fallback));
  return fc.array(fc.oneof(anyLiteral, anySlot), { maxLength: 8 }).map(joinLiterals);
}

/** As texts are split: between two pieces of text there is always a slot. */
function joinLiterals(pieces: Slotted): Slotted {
  const joined: (string | Slot)[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') joined.splice(-1, 1, last + piece);
    else joined.push(piece);
  }
  return joined;
}

export const anyValues = fc.record({ a: anyValue, b: anyValue, c: anyValue }, { requiredKeys: [] });
