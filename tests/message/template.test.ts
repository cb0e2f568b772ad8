import fc from 'fast-check';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { TemplateForm } from '../../src/message/template.js';
import { MessageWriter } from '../../src/message/writer.js';
import { fillText } from '../../src/render/fill.js';
import type { Slot } from '../../src/render/slots.js';
import {
  addressee,
  anyLiteral,
  anyValue,
  anyValues,
  message,
  NOW,
  SECRET,
  slot,
  slotted,
} from './messages.js';

/** What a service that substitutes as documented makes of a template. */
function substitute(text: string, data: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(s\d+)\}\}/g, (_, name: string) => data[name] ?? '');
}

/** What Handlebars, whose syntax these templates have, makes of one. */
function compile(text: string, data: Readonly<Record<string, string>>): string {
  return Handlebars.compile(text, { noEscape: true })(data);
}

const SYNTAX = [
  '{',
  '}',
  '{{',
  '}}',
  '{{{',
  '{{s0}}',
  '{{name}}',
  '}}{{',
  '\\',
  '\\\\',
  '\\{{',
  'a',
] as const;
const braces = fc.constantFrom(...SYNTAX);
const anyText = (contexts: Parameters<typeof slotted>) =>
  fc
    .tuple(slotted(...contexts), fc.array(fc.oneof(braces, anyLiteral), { maxLength: 4 }))
    .map(([pieces, more]) => [...more, ...pieces, ...more].map(withoutNull));
/** Markdown and one-line fields hold none, and Handlebars cannot read it. */
const withoutNull = (piece: string | Slot) =>
  typeof piece === 'string' ? piece.replaceAll('\0', '') : piece;

describe('a message as an inline template', () => {
  it.each([
    ['substitutes alone', substitute],
    ['is Handlebars', compile],
  ] as const)('gives every reader the same content as the bytes if the template language %s', (_, fill) => {
    const text = anyText(['plain']);
    const html = anyText(['html', 'url', 'address']);
    fc.assert(
      fc.property(text, html, text, anyValues, (text, html, subject, values) => {
        const writer = new MessageWriter(message({ text, html, subject }), {
          secret: SECRET,
          subjectPrefix: '[Test] ',
        });
        const to = addressee({ values });
        const { template, data } = writer.write(to, NOW).templated();
        const filled = {
          subject: fill(template.subject, data),
          text: fill(template.text, data),
          html: fill(template.html, data),
        };
        expect(filled).toEqual(writer.read(to));
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for all readers, and every reader has every variable', () => {
    const html = anyText(['html', 'url', 'address', 'plain']);
    fc.assert(
      fc.property(html, anyValues, anyValues, (html, one, other) => {
        const writer = new MessageWriter(message({ html }), { secret: SECRET });
        const [first, second] = [one, other].map((values) =>
          writer.write(addressee({ values }), NOW).templated(),
        );
        expect(second?.template).toEqual(first?.template);
        expect(Object.keys(second?.data ?? {})).toEqual(Object.keys(first?.data ?? {}));
        const used = JSON.stringify(first?.template).match(/\{\{s\d+\}\}/g) ?? [];
        expect(new Set(used)).toEqual(new Set(Object.keys(first?.data ?? {}).map((name) => `{{${name}}}`)));
      }),
    );
  });

  it.each([
    ['braces of the author', ['a {{b}} c']],
    ['a brace before a field', ['{', slot('a', 'html'), '}']],
    ['three braces around a field', ['{{{', slot('a', 'html'), '}}}']],
    ['a block', ['{{#if x}}y{{/if}} {{> z}} {{!-- c --}}']],
  ] as const)('has double braces only around variables, never triple: %s', (_, html) => {
    const form = new TemplateForm(message({ html: [...html] }));
    const rest = form.template.html.replace(/(?<!\{)\{\{s\d+\}\}(?!\})/g, '');
    expect(rest).not.toMatch(/\{\{|\}\}/);
    expect(substitute(form.template.html, form.data({ a: 'A' }))).toBe(
      html.map((piece) => (typeof piece === 'string' ? piece : 'A')).join(''),
    );
  });

  it.each([
    ['before a field', ['server\\users\\', slot('a', 'plain'), ' today']],
    ['twice before a field', ['\\\\', slot('a', 'plain')]],
    ['between two fields', [slot('b', 'plain'), '\\', slot('a', 'plain')]],
    ['before braces of the author', ['\\{{ escaped }} and \\{{{x}}} and \\}}']],
    ['and a brace before a field', ['\\{', slot('a', 'plain')]],
  ] as const)('has no backslash directly before a variable: %s', (_, text) => {
    const values = { a: 'Ada', b: '\\' };
    const form = new TemplateForm(message({ text: [...text] }));
    expect(form.template.text).not.toMatch(/\\\{\{/);
    expect(substitute(form.template.text, form.data(values))).toBe(fillText(text, values));
    expect(compile(form.template.text, form.data(values))).toBe(fillText(text, values));
  });

  it('has one variable per field and escaping', () => {
    const form = new TemplateForm(
      message({
        text: [slot('a', 'plain'), slot('a', 'plain'), slot('a', 'plain', 'x')],
        html: [slot('a', 'html'), slot('a', 'url')],
      }),
    );
    expect(form.data({ a: 'A & B' })).toEqual({
      s0: 'A & B',
      s1: 'A & B',
      s2: 'A &amp; B',
      s3: 'A%20%26%20B',
    });
  });

  it('does not treat a value as a variable', () => {
    const form = new TemplateForm(message({ html: [slot('a', 'html'), slot('b', 'html')] }));
    expect(substitute(form.template.html, form.data({ a: '{{s1}}', b: 'B' }))).toBe('{{s1}}B');
  });
});

describe('the fields of a message as a template', () => {
  it('are the same as in the bytes, each on one line of ASCII', () => {
    fc.assert(
      fc.property(anyValue, anyValues, (name, values) => {
        const writer = new MessageWriter(message(), { secret: SECRET });
        const { headers, from, to } = writer.write(addressee({ name, values }), NOW).templated();
        expect(headers.map((field) => field.name)).toEqual([
          'List-Id',
          'X-Obn-Issue',
          'X-Obn-Delivery',
          'List-Unsubscribe',
          'List-Unsubscribe-Post',
        ]);
        for (const value of [...headers.map((field) => field.value), from, to])
          expect(value).toMatch(/^[\x20-\x7e]+$/);
        expect(to.endsWith('<Ada@example.com>') || to === 'Ada@example.com').toBe(true);
      }),
    );
  });
});
