import { existsSync, readdirSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { Weight } from '../../src/message/weight.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

const rows = (count: number) =>
  `email,first_name\n${Array.from({ length: count }, (_, index) => `r${index}@example.com,R${index}`).join('\n')}\n`;

describe('a rehearsal', () => {
  it('writes a message for each recipient and never counts as sent', async () => {
    const { root, path } = await makeNewsletter({ 'subscribers.csv': rows(7) });
    const { code, json } = await obn(root, ['send', '1', '--json']);
    expect(code).toBe(0);
    expect(json()).toEqual({
      issue: 1,
      state: 'rehearsed',
      audience: { listed: 7, eligible: 7, excluded: {} },
      deliveries: { queued: 0, claimed: 0, accepted: 7, rejected: 0, unknown: 0 },
    });
    expect(readdirSync(path('.obn/outbox/001'))).toHaveLength(7);
    expect((await obn(root, ['list', '--json'])).json()).toMatchObject([
      { state: 'rehearsed' },
      { state: 'unsent' },
    ]);
  });

  it('resumes an interrupted rehearsal, and starts a finished one over', async () => {
    const { root, path, write } = await makeNewsletter({ 'subscribers.csv': rows(10) });
    const first = await obn(root, ['send', '1', '--limit', '4', '--json']);
    expect(first.code).toBe(4);
    expect(first.json()).toMatchObject({ state: 'paused', deliveries: { accepted: 4, queued: 6 } });
    const second = await obn(root, ['send', '1', '--json']);
    expect(second.stderr).toMatch(/Resuming the send started/);
    expect(second.json()).toMatchObject({ state: 'rehearsed', deliveries: { accepted: 10 } });
    await write('subscribers.csv', rows(3));
    const third = await obn(root, ['send', '1', '--json']);
    expect(third.json()).toMatchObject({ deliveries: { accepted: 3 } });
    expect(readdirSync(path('.obn/outbox/001'))).toHaveLength(3);
  });

  it('asks for nothing and needs no secret', async () => {
    const { root, path } = await makeNewsletter();
    const { code } = await obn(root, ['send', '1'], { env: { OBN_SECRET: undefined } });
    expect(code).toBe(0);
    expect(readdirSync(path('.obn/outbox/001'))).not.toHaveLength(0);
  });

  it('writes messages that another parser can read', async () => {
    const csv =
      'email,first_name,last_name\nana@bücher.example,"Ána ""🦊""",O\'Neill & Co\nx@example.com,,\n';
    const { root, read } = await makeNewsletter({ 'subscribers.csv': csv });
    await obn(root, ['send', '1']);
    const raw = read('.obn/outbox/001/ana@xn--bcher-kva.example.eml');
    const mail = await simpleParser(raw);
    expect(raw).toMatch(/^[\x00-\x7f]*$/);
    expect(mail.to).toMatchObject({
      value: [{ address: 'ana@bücher.example', name: 'Ána "🦊" O\'Neill & Co' }],
    });
    expect(mail.text).toContain('Ána "🦊"');
    expect(mail.html).toContain('Ána &quot;🦊&quot;');
    expect(mail.headers.get('list')).toMatchObject({
      unsubscribe: { url: expect.stringContaining('https://') },
    });
    expect(raw.match(/^List-Unsubscribe:/gm)).toHaveLength(1);
    expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/weekly.example.com\/unsubscribe\?token=[\w-]+>\r$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    expect(raw).toMatch(/^X-Obn-Issue: 1\r$/m);
    expect(mail.messageId).toMatch(/@weekly.example.com>$/);
    expect(mail.date).toBeInstanceOf(Date);
    const other = await simpleParser(read('.obn/outbox/001/x@example.com.eml'));
    expect(other.text).toMatch(/there/);
  });
});

describe('a plan', () => {
  it('writes nothing with --dry-run', async () => {
    const { root, path } = await makeNewsletter();
    const { code, json } = await obn(root, ['send', '1', '--dry-run', '--json']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ state: 'planned', deliveries: { queued: 0 } });
    expect(existsSync(path('.obn'))).toBe(false);
  });

  it('names every excluded row, with the reason', async () => {
    const csv = [
      'email,status,tags',
      'a@example.com,subscribed,aws',
      'A@EXAMPLE.COM,,',
      'b@example.com,unsubscribed,',
      'c@example.com,,',
      'c@example.com,complained,',
      'jörg@example.com,,',
      'nobody,,',
      ',,',
      'd@example.com,active,',
      'e@example.com,,,surplus',
      'f@example.com,pending,',
      'g@example.com,bounced,',
    ].join('\n');
    const { root } = await makeNewsletter({ 'subscribers.csv': csv });
    const { json, stderr } = await obn(root, ['send', '1', '--dry-run', '--json']);
    expect(json()).toMatchObject({
      audience: {
        listed: 12,
        eligible: 1,
        excluded: {
          duplicate: 2,
          unsubscribed: 1,
          complained: 1,
          non_ascii_local_part: 1,
          invalid_address: 1,
          no_address: 1,
          invalid_status: 1,
          malformed: 1,
          pending: 1,
          bounced: 1,
        },
      },
    });
    expect(stderr).toMatch(/line 3: A@EXAMPLE.COM is already on an earlier row/i);
  });

  it('stops when recipients lack a field that has no fallback', async () => {
    const issue =
      'number: 3\ntitle: T\ndate: 2018-09-18\nsections:\n  - { type: intro, body: "Hi {{first_name}}" }\n';
    const csv = 'email,first_name\na@example.com,A\nb@example.com,\nc@example.com,\n';
    const { root, path } = await makeNewsletter({ 'issues/003-x.yaml': issue, 'subscribers.csv': csv });
    const { code, stderr } = await obn(root, ['send', '3']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/2 recipients lack "first_name"[\s\S]*\{\{default first_name "there"\}\}/);
    expect(existsSync(path('.obn/outbox'))).toBe(false);
  });

  it('goes to the segment that is asked for', async () => {
    const csv = 'email,tags\na@example.com,aws;go\nb@example.com,go\n';
    const { root, read, write } = await makeNewsletter({ 'subscribers.csv': csv });
    const config = read('obn.yaml').replace(
      'file: subscribers.csv',
      'file: subscribers.csv\n  segments: { aws: { tags: aws } }',
    );
    await write('obn.yaml', config);
    const { json } = await obn(root, ['send', '1', '--segment', 'aws', '--dry-run', '--json']);
    expect(json()).toMatchObject({ audience: { eligible: 1, excluded: { segment: 1 } } });
    const wrong = await obn(root, ['send', '1', '--segment', 'asw']);
    expect(wrong.stderr).toMatch(/no segment "asw"; did you mean "aws"/);
  });

  it('refuses a draft, and an unexpected number of recipients', async () => {
    const { root, read, write } = await makeNewsletter({ 'subscribers.csv': rows(2) });
    expect((await obn(root, ['send', '1', '--expect', '3'])).code).toBe(2);
    expect((await obn(root, ['send', '1', '--expect', '2'])).code).toBe(0);
    await write('issues/001-first.yaml', `${read('issues/001-first.yaml').trimEnd()}\ndraft: true\n`);
    const draft = await obn(root, ['send', '1']);
    expect(draft.code).toBe(1);
    expect(draft.stderr).toMatch(/001-first.yaml:\d+:1 error issue\/draft drafts cannot be sent/);
  });
});

describe('a test send', () => {
  it('marks the subject, touches no delivery, and may be of a draft', async () => {
    const { root, path, read, write } = await makeNewsletter();
    await write('issues/001-first.yaml', `${read('issues/001-first.yaml').trimEnd()}\ndraft: true\n`);
    const { code } = await obn(root, ['send', '1', '--test', 'me@example.com,you@example.com']);
    expect(code).toBe(0);
    expect(readdirSync(path('.obn/outbox/001'))).toEqual([
      'test-me@example.com.eml',
      'test-you@example.com.eml',
    ]);
    const mail = await simpleParser(read('.obn/outbox/001/test-me@example.com.eml'));
    expect(mail.subject).toMatch(/^\[Test\] /);
    expect(existsSync(path('.obn/ledger.db'))).toBe(false);
  });
});

describe('what is due', () => {
  const due = (sendAt: string) =>
    `number: 3\ntitle: T\ndate: 2018-09-18\nsend_at: ${sendAt}\nsections:\n  - { type: intro, body: Hi }\n`;
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+/, '');

  it('is sent once', async () => {
    const { root } = await makeNewsletter({ 'issues/003-x.yaml': due(ago(1)) });
    const first = await obn(root, ['send', '--due', '--yes', '--json']);
    expect(first.json()).toMatchObject([{ issue: 3, state: 'rehearsed' }]);
    const second = await obn(root, ['send', '--due', '--yes', '--json']);
    expect({ code: second.code, due: second.json() }).toEqual({ code: 0, due: [] });
    expect(second.stderr).toContain('Nothing is due.');
  });

  it.each([
    ['lies ahead', -1, []],
    ['is later than the grace', 25, []],
  ])('waits when it %s', async (_, hours, expected) => {
    const { root } = await makeNewsletter({ 'issues/003-x.yaml': due(ago(hours)) });
    expect((await obn(root, ['send', '--due', '--yes', '--json'])).json()).toEqual(expected);
  });
});

describe('obn render', () => {
  it('writes every form of the issue, personalized', async () => {
    const { root, read } = await makeNewsletter({
      'subscribers.csv': 'email,first_name\na@example.com,Zoë\n',
    });
    const { code } = await obn(root, ['render', '1', '--out', 'out', '--for', 'A@example.com']);
    expect(code).toBe(0);
    expect(read('out/email.html')).toContain('Zoë');
    expect(read('out/email.txt')).toContain('Zoë');
    expect(read('out/email.mjml')).toContain('{{default first_name "there"}}');
    expect(read('out/web.html')).not.toMatch(/Zoë|unsubscribe/i);
    const mail = await simpleParser(read('out/message.eml'));
    expect(mail.html).toBe(read('out/email.html'));
  });

  it('reports the size of the email and of its sections', async () => {
    const { root, read } = await makeNewsletter({
      'subscribers.csv': 'email,first_name\na@example.com,Zoë\n',
    });
    const flags = ['render', '1', '--out', 'out', '--for', 'a@example.com'];
    const { weight } = (await obn(root, [...flags, '--json'])).json<{ weight: Weight }>();
    expect(weight.bytes).toBe(Buffer.byteLength(read('out/email.html')));
    expect(weight.parts.reduce((sum, part) => sum + part.bytes, 0)).toBe(weight.bytes);
    expect(weight.share_of_gmail_clip).toBeCloseTo(weight.bytes / 102_000, 3);
    const { stdout } = await obn(root, flags);
    expect(stdout).toMatch(/The HTML is \d+\.\d kB, \d+ % of what Gmail shows before it clips \(102 kB\):/);
    for (const { name, bytes } of weight.parts)
      expect(stdout).toMatch(new RegExp(` ${(bytes / 1000).toFixed(1)} kB +\\d+ % +${name}`));
  });

  it('lists the distinct messages that the list would get', async () => {
    const csv = 'email,first_name\na@example.com,Ana\nb@example.com,Ana\nc@example.com,\n';
    const { root } = await makeNewsletter({ 'subscribers.csv': csv });
    const { json } = await obn(root, ['render', '1', '--variants', '--json']);
    expect(json()).toEqual([
      { count: 2, values: { first_name: 'Ana' }, example: 'a@example.com' },
      { count: 1, values: { first_name: 'there' }, example: 'c@example.com' },
    ]);
  });

  it('uses the templates of the newsletter where it has some', async () => {
    const { root, read } = await makeNewsletter({
      'templates/sections/intro/web.html.hbs': '<section class="mine">{{body}}</section>',
    });
    await obn(root, ['render', '1', '--out', 'out']);
    expect(read('out/web.html')).toContain('<section class="mine">');
  });
});
