import { describe, expect, it } from 'vitest';
import { mailFor, render } from './issues.js';

async function textOf(...sections: unknown[]): Promise<string> {
  return mailFor(await render({ sections }), { unsubscribe_url: 'https://u.example' }).text;
}

const WORDS = 'lorem ipsum dolor sit amet '.repeat(6).trim();

describe('the text part', () => {
  it('has the expected layout', async () => {
    const text = await textOf(
      { type: 'intro', body: 'Hi there,\n\nsee [one](https://one.example).' },
      {
        type: 'story',
        heading: 'Story 🤝',
        body: 'And [two](https://two.example), [one](https://one.example).',
      },
      { type: 'signoff', closing: 'Bye,', name: 'Jane' },
    );
    expect(text).toBe(`TEST WEEKLY · Issue #1 · September 18, 2018
------------------------------------------------------------------------

T

Hi there,

see one [1].

[1] https://one.example


Story 🤝
========
And two [2], one [3].

[2] https://two.example
[3] https://one.example


Bye,
Jane

------------------------------------------------------------------------

You're receiving Test Weekly because you signed up for it.

Unsubscribe:
https://u.example

View in browser:
https://weekly.example.com/issues/1/

Test Weekly, 1 Example Street, Exampletown
`);
  });

  it('has no unsubscribe link if none is configured', async () => {
    const rendered = await render({ config: { unsubscribe: null }, sections: [{ type: 'divider' }] });
    for (const form of Object.values(mailFor(rendered))) expect(form).not.toMatch(/unsubscribe/i);
  });
});

describe('the note of an item', () => {
  const noted = async (note: string) => {
    const text = await textOf({
      type: 'links',
      heading: 'L',
      items: [{ title: 't', url: 'https://t.example', note }],
    });
    const [, rest = ''] = text.split('  https://t.example\n');
    return rest.split('\n\n-----')[0]?.trimEnd();
  };

  it('fills its lines', async () => {
    const lines = (await noted(WORDS))?.split('\n') ?? [];
    expect(lines.every((line) => line.startsWith('  ') && line.length <= 72)).toBe(true);
    expect(lines.slice(0, -1).every((line) => line.length > 60)).toBe(true);
  });

  it('keeps the indentation of code', async () => {
    expect(await noted('Run:\n\n```\nif (x) {\n    y\n}\n```')).toBe(
      '  Run:\n\n      if (x) {\n          y\n      }',
    );
  });

  it('keeps the indentation of lists', async () => {
    const lines = (await noted(`- ${WORDS}\n- b`))?.split('\n') ?? [];
    expect(lines[0]).toMatch(/^ {2}\* lorem/);
    expect(lines.slice(1, -1).every((line) => line.startsWith('    '))).toBe(true);
    expect(lines.at(-1)).toBe('  * b');
  });
});

describe('a quotation', () => {
  it('is indented and followed by its author', async () => {
    const text = await textOf({ type: 'quote', text: WORDS, by: 'P', url: 'https://p.example' });
    const lines = text.split('T\n\n')[1]?.split('\n\n---')[0]?.split('\n') ?? [];
    expect(lines[0]).toMatch(/^ {2}“lorem/);
    expect(lines.slice(-2)).toEqual(['  — P', '    https://p.example']);
    for (const line of lines) expect(line).toMatch(/^ {2}.{1,70}$/);
  });
});

describe('an event', () => {
  const item = { title: 'Meetup', starts: '2018-10-04T18:30+02:00', ends: '2018-10-04T20:00+02:00' };
  const shown = async (more: object) => {
    const text = await textOf({ type: 'events', heading: 'E', items: [{ ...item, ...more }] });
    return text.replaceAll('\u202f', ' ').split('=\n')[1]?.split('\n\n---')[0];
  };

  it('has its time, location and host', async () => {
    const next = '\n         ';
    const when = `Oct 4    Meetup${next}October 4, 2018, 6:30 PM – 8:00 PM UTC+2`;
    expect(await shown({})).toBe(when);
    expect(await shown({ location: 'Kraków' })).toBe(`${when}${next}Kraków`);
    expect(await shown({ host: 'H', url: 'https://e.example' })).toBe(
      `${when}${next}H${next}https://e.example`,
    );
    expect(await shown({ location: 'Kraków', host: 'H' })).toBe(`${when}${next}Kraków (H)`);
  });

  it('stays in its column with a long title and note', async () => {
    const lines = (await shown({ title: WORDS, note: WORDS, location: WORDS }))?.split('\n') ?? [];
    expect(lines.length).toBeGreaterThan(8);
    expect(lines[0]).toMatch(/^Oct 4 {4}lorem/);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {9}\S.{0,62}$/);
  });
});
