import { describe, expect, it } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { compileMessage, isSlot, messageDigest, messageFields } from '../../src/message/compiled.js';
import type { RenderedIssue } from '../../src/render/rendered.js';
import { makeNewsletter } from '../support/newsletter.js';
import { message, slot } from './messages.js';

const RENDERED: RenderedIssue = {
  number: 7,
  subject: ['Hi'],
  parts: [],
  html: ['<p>'],
  text: ['Hi\n'],
  textParts: [],
  mjml: '<mjml>',
  web: '<p>',
  uses: [],
  outline: { passages: [], links: [], pictures: [], flaws: [] },
  problems: [],
};

async function compileWith(config: Readonly<Record<string, unknown>>) {
  const { root } = makeNewsletter({}, { config });
  return compileMessage(RENDERED, (await openNewsletter(root, {})).config);
}

describe('a compiled message', () => {
  it('contains everything that sending needs and nothing else of the issue', async () => {
    expect(await compileWith({ reply_to: 'reply@weekly.example.com' })).toEqual({
      issue: 7,
      from: { name: 'Jane Doe', email: 'jane@weekly.example.com' },
      replyTo: 'reply@weekly.example.com',
      list: { id: 'test-weekly.weekly.example.com', name: 'Test Weekly' },
      unsubscribeUrl: 'https://weekly.example.com/unsubscribe',
      subject: ['Hi'],
      text: ['Hi\n'],
      html: ['<p>'],
    });
  });

  it('has no unsubscribe URL if none is configured', async () => {
    expect(await compileWith({ unsubscribe: null })).not.toHaveProperty('unsubscribeUrl');
  });

  it.each([
    ['山田', 'https://weekly.example.com'],
    ['🎉', 'https://weekly.example.com'],
    ['Ünï & Çö', 'https://bücher.example'],
    ['x'.repeat(300), 'https://weekly.example.com'],
  ])('of a newsletter called %s has an ASCII identifier', async (name, url) => {
    const { list } = await compileWith({ newsletter: { id: null, name, url } });
    expect(list.id).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    expect(list.id.length).toBeLessThanOrEqual(255);
    expect(list.name).toBe(name);
  });

  it('survives serialization', () => {
    const compiled = message({ text: ['a', slot('b', 'plain', 'c'), 'd'] });
    const again = JSON.parse(JSON.stringify(compiled));
    expect(again).toEqual(compiled);
    expect(messageDigest(again)).toBe(messageDigest(compiled));
  });
});

describe('the digest of a message', () => {
  it('changes with everything that readers see', () => {
    const changed = [
      message(),
      message({ subject: ['Other'] }),
      message({ text: ['Other\n'] }),
      message({ html: ['Other'] }),
      message({ text: [slot('a', 'plain')] }),
      message({ text: [slot('a', 'plain', 'b')] }),
      message({ from: { name: 'Other', email: 'jane@n.example' } }),
      message({ unsubscribeUrl: 'https://n.example/other' }),
    ];
    const digests = changed.map(messageDigest);
    expect(new Set(digests).size).toBe(changed.length);
    for (const digest of digests) expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(messageDigest(message())).toBe(digests[0]);
  });
});

describe('the fields of a message', () => {
  it('are its columns, and the required ones', () => {
    const compiled = message({
      subject: [slot('first_name', 'plain', 'there')],
      text: ['Hi ', slot('company', 'plain'), slot('unsubscribe_url', 'plain')],
      html: [slot('company', 'html'), slot('city', 'html', ''), slot('first_name', 'html')],
    });
    expect(messageFields(compiled)).toEqual({
      all: ['city', 'company', 'first_name'],
      required: ['company', 'first_name'],
    });
    expect(messageFields(message())).toEqual({ all: [], required: [] });
  });

  it('are distinguished from literal text', () => {
    expect(isSlot('text')).toBe(false);
    expect(isSlot(slot('a', 'plain'))).toBe(true);
  });
});
