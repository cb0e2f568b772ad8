import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSlot } from '../../src/message/compiled.js';
import { elementsOf, mailFor, named, renderFrom } from './issues.js';

const ROOT = join(import.meta.dirname, '../..');
const TITLES = [
  [1, 'Cold starts, warm hearts', 'Off-by-none: Issue #1'],
  [2, 'Another one bites the queue', 'Off-by-none #2: Another one bites the queue 🎸'],
  [3, 'Breaking up (the monolith) is hard to do', 'Off-by-none: Issue #3'],
] as const;

describe.each(TITLES)('sample issue %i', async (number, title, subject) => {
  const rendered = await renderFrom(ROOT, number);
  const values = { first_name: 'Ada', unsubscribe_url: 'https://offbynone.io/unsubscribe?token=x' };
  const mail = mailFor(rendered, values);
  const forms = { mail: mail.html, web: rendered.web };

  it('has no merge field problems', () => {
    expect(rendered.problems).toEqual([]);
    expect(rendered.uses.map(({ field }) => field.name)).toContain('first_name');
  });

  it('has its subject, also in the email', () => {
    expect(mail.subject).toBe(subject);
    expect(named(mail.html, 'title')[0]?.text).toBe(subject);
    expect(named(rendered.web, 'title')[0]?.text).toBe(`${title} · Off-by-none #${number}`);
  });

  it.each(Object.entries(forms))('declares its language in the %s', (_, html) => {
    expect(named(html, 'html')[0]?.attributes).toMatchObject({ lang: 'en', dir: 'ltr' });
  });

  it.each(Object.entries({ ...forms, text: mail.text, mjml: rendered.mjml }))(
    'has no unfilled value in the %s',
    (_, form) => {
      expect(form).not.toMatch(/undefined|\[object |NaN|Invalid DateTime|obnslot/);
      expect(form).toContain('Off-by-none');
    },
  );

  it.each(Object.entries(forms))('loads nothing from other sites in the %s', (_, html) => {
    expect(html).not.toMatch(/fonts\.googleapis|gstatic|@import|@font-face/i);
    for (const { name, attributes } of elementsOf(html)) {
      expect(['script', 'iframe', 'object', 'embed', 'base']).not.toContain(name);
      if (name === 'link') expect(attributes.rel).toBe('canonical');
      if (name === 'img') expect(attributes.src).toMatch(/^https:\/\/offbynone\.io\/images\/[\w-]+\.png$/);
    }
  });

  it.each(Object.entries(forms))('has alt text for every image of the %s', (_, html) => {
    const pictures = named(html, 'img');
    expect(pictures.length).toBeGreaterThan(2);
    // The name is next to a portrait, so screen readers must not repeat it.
    const silent = pictures.filter(({ attributes }) => attributes.alt === '');
    expect(silent.map(({ attributes }) => attributes.src)).toEqual([
      expect.stringMatching(/\/star-\w+\.png$/),
    ]);
    for (const { attributes } of pictures)
      if (attributes.alt !== '') expect(attributes.alt).toMatch(/\S.{4}/);
  });

  it.each(Object.entries(forms))('has only valid URLs in the %s', (_, html) => {
    for (const { attributes } of named(html, 'a'))
      expect(attributes.href).toMatch(/^(https:\/\/|mailto:|#content$)/);
  });

  it('has its section headings in order below one title', () => {
    for (const html of Object.values(forms)) {
      expect(named(html, 'h1').map(({ text }) => text)).toEqual([title]);
      expect(named(html, 'h2').length).toBeGreaterThan(6);
    }
    expect(
      named(mail.html, 'h2')
        .map(({ text }) => text)
        .at(-1),
    ).toMatch(/^Final Thoughts\s🤔$/u);
  });

  it('greets the reader by name in the email only', () => {
    expect(mail.html).toContain('Ada');
    expect(mail.text).toContain('Ada');
    expect(mailFor(rendered).text).toMatch(/^(Hi|Hey) there,$/m);
    expect(rendered.web).toMatch(/(Hi|Hey) there,/);
  });

  it('has the unsubscribe link, the postal address and the web link in both parts of the email', () => {
    const page = `https://offbynone.io/issues/${number}/`;
    for (const part of [mail.html, mail.text]) {
      expect(part).toContain('Unsubscribe');
      expect(part).toContain(values.unsubscribe_url);
      expect(part).toContain('Worcester, MA 01601, USA');
      expect(part).toContain(page);
    }
    const links = named(mail.html, 'a').filter(
      ({ attributes }) => attributes.href === values.unsubscribe_url,
    );
    expect(links.map(({ text }) => text)).toEqual(['Unsubscribe']);
  });

  it('has nothing personal on the web page', () => {
    expect(rendered.web).not.toMatch(/unsubscribe/i);
    expect(named(rendered.web, 'link')[0]?.attributes.href).toBe(`https://offbynone.io/issues/${number}/`);
  });

  it('has unique anchors on the web page', () => {
    const ids = elementsOf(rendered.web).flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w-]+$/);
  });

  it('has slots only in contexts with escaping', () => {
    const contexts = rendered.html.filter(isSlot).map(({ name, context }) => `${name} ${context}`);
    expect(new Set(contexts)).toEqual(new Set(['first_name html', 'unsubscribe_url address']));
    expect(rendered.text.filter(isSlot).every(({ context }) => context === 'plain')).toBe(true);
  });

  it('has short text lines, apart from URLs and link lists', () => {
    const long = mail.text
      .split('\n')
      .filter((line) => [...line].length > 72 && !/https:\/\/|^ {4}|^\* /.test(line));
    expect(long).toEqual([]);
    expect(mail.text).not.toMatch(/[ \t]$|\n{4}|&\w+;/m);
  });

  it('is smaller than the clip size of Gmail', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThan(102_000);
  });

  it('has no style sheet above the length limit of Gmail', () => {
    const sheets = named(mail.html, 'style').map(({ text }) => text.length);
    expect(sheets.length).toBeGreaterThan(2);
    expect(Math.max(...sheets)).toBeLessThan(8192);
  });

  it('has fonts and code padding for Outlook', () => {
    const forWord = mail.html.match(/<!--\[if mso\]><style>.*?<\/style><!\[endif\]-->/s)?.[0];
    expect(forWord).toContain('Arial');
    expect(forWord).toMatch(/pre \{ ?border/);
  });

  it('is the same each time', async () => {
    expect(await renderFrom(ROOT, number)).toEqual(rendered);
  });
});
