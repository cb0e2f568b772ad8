import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { issueText } from '../support/newsletter.js';
import { openApp as open, TOKEN } from './open-app.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('a test', () => {
  const headers = { 'x-obn-token': TOKEN };

  it.each(['', 'nobody', 'a@b@c', 'a@example.com\r\nBcc: x@example.com'])(
    'is not sent to %j',
    async (address) => {
      const { test, sent } = await open();
      expect((await test(headers, address)).status).toBe(422);
      expect(sent).toEqual([]);
    },
  );

  it('with a large or invalid body is refused', async () => {
    const { ask } = await open();
    const post = (body: string) => ask('/api/issues/1/test', headers, { method: 'POST', body });
    expect((await post(JSON.stringify({ address: `${'a'.repeat(9_000)}@example.com` }))).status).toBe(413);
    expect((await post('{')).status).toBe(422);
    expect((await post('[1]')).status).toBe(422);
  });
});

describe('images', () => {
  const paths = [
    '/pictures/../obn.yaml',
    '/pictures/..%2fobn.yaml',
    '/pictures/%2e%2e/subscribers.csv',
    '/pictures/images/..%2f..%2fsubscribers.csv',
    '/pictures/001-first.yaml',
    '/pictures/images/link.png',
    '/pictures/images/folder.png',
    '/pictures/%00.png',
    '/pictures//etc/passwd.png',
  ];

  it.each(paths)('are not served from %s', async (path) => {
    const { ask, path: file } = await open({ 'secret.png': 'secret' });
    mkdirSync(file('issues/images/folder.png'), { recursive: true });
    symlinkSync(file('secret.png'), file('issues/images/link.png'));
    const answer = await ask(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toMatch(/secret|Weekly|example\.com/);
  });

  it('are served from the issues folder and cannot run scripts', async () => {
    const { ask, path } = await open();
    mkdirSync(path('issues/images'), { recursive: true });
    writeFileSync(path('issues/images/a b.png'), PNG);
    const answer = await ask('/pictures/images/a%20b.png');
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
  });
});

describe('an issue', () => {
  const hostile = issueText(1, '<script>alert(1)</script>');

  it('cannot run scripts or send requests to other sites', async () => {
    const { ask } = await open({ 'issues/001-first.yaml': hostile });
    for (const file of ['email.html', 'web.html']) {
      const answer = await ask(`/issues/1/${file}`);
      const csp = answer.headers.get('content-security-policy') ?? '';
      expect(csp).toMatch(/default-src 'none'/);
      expect(csp).toMatch(/sandbox(?!.*allow-scripts)/);
      expect(csp).toMatch(/img-src 'self' data:;/);
      expect(await answer.text()).not.toMatch(/<script/i);
    }
    const blocked = await ask('/issues/1/email.html?pictures=off');
    expect(blocked.headers.get('content-security-policy')).toMatch(/img-src 'none'/);
  });

  it('has the same source as when it is sent', async () => {
    const { ask } = await open();
    const eml = await (await ask('/source/1/message.eml?reader=ada@example.com')).text();
    const mail = await simpleParser(eml);
    expect(mail.html).toBe(await (await ask('/source/1/email.html?reader=ada@example.com')).text());
    expect(mail.text?.trimEnd()).toBe(
      (await (await ask('/source/1/email.txt?reader=ada@example.com')).text()).trimEnd(),
    );
    expect(mail.html).toContain('Hello Ada,');
  });

  it('with an unknown number, file or reader is a clear error', async () => {
    const { ask } = await open();
    expect(await (await ask('/api/issues/77')).json()).toMatchObject({
      broken: { message: 'there is no issue 77', hint: 'issues: 1, 2' },
    });
    expect((await ask('/issues/77/email.html')).status).toBe(422);
    expect((await ask('/source/1/obn.yaml')).status).toBe(404);
    const nobody = await ask('/api/issues/1?reader=x@example.com');
    expect(nobody.status).toBe(422);
    expect(await nobody.json()).toMatchObject({ error: 'x@example.com is not on the list subscribers.csv' });
  });

  it('with impossible image names is shown', async () => {
    const picture = (name: string) =>
      `  - type: image\n    src: https://weekly.example.com/${name}.png\n    alt: A\n`;
    const text = issueText(1, 'One') + picture('a%00b') + picture('a'.repeat(300));
    const { ask, bugs } = await open({ 'issues/001-first.yaml': text });
    expect(await (await ask('/issues/1/email.html')).text()).toContain('a%00b.png');
    expect(await (await ask('/api/issues/1')).json()).toMatchObject({ mail: { remotePictures: 2 } });
    expect(bugs).toEqual([]);
  });

  it('with a duplicate number is not shown for the other file', async () => {
    const { ask } = await open({ 'issues/001-other.yaml': issueText(1, 'The other one') });
    expect(await (await ask('/api/issues/1')).json()).toMatchObject({
      broken: { message: expect.stringMatching(/two files: .*001-first.*001-other/) },
    });
  });

  it('that is broken reports the problem and keeps the last good email', async () => {
    const { ask, write, read, workspace } = await open();
    expect(await (await ask('/api/issues/1')).json()).not.toHaveProperty('broken');
    const good = read('issues/001-first.yaml');
    write('issues/001-first.yaml', `${good}  - type: intro\n    bdy: x\n`);
    workspace.changed();
    expect(await (await ask('/api/issues/1')).json()).toMatchObject({
      revision: 2,
      broken: { findings: expect.arrayContaining([expect.objectContaining({ line: 17, column: 5 })]) },
      mail: { subject: 'Test Weekly: Issue #1' },
    });
    expect(await (await ask('/issues/1/email.html')).text()).toContain('this is issue 1');
    write('issues/001-first.yaml', good.replace('this is issue 1', 'this is fixed'));
    workspace.changed();
    expect(await (await ask('/api/issues/1')).json()).not.toHaveProperty('broken');
    expect(await (await ask('/issues/1/email.html')).text()).toContain('this is fixed');
  });

  it('has findings with their sections', async () => {
    const body = 'See [here](https://a.example/).';
    const { ask } = await open({
      'issues/001-first.yaml': `${issueText(1, 'One')}  - type: closing\n    body: "${body}"\n`,
    });
    const { findings } = (await (await ask('/api/issues/1/findings')).json()) as { findings: object[] };
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'link/text', section: 3 }));
    const mail = await (await ask('/issues/1/email.html')).text();
    expect(mail).toMatch(/<!--section 3-->[\s\S]*a\.example/);
    expect(mail).not.toMatch(/<!--\[if[^>]*\]>(?:(?!<!\[endif\]-->)[\s\S])*<!--section/);
  });

  it('that Gmail would clip has a marker at that position', async () => {
    const long = `  - type: intro\n    body: "${'word '.repeat(25_000)}"\n`;
    const { ask } = await open({ 'issues/001-first.yaml': issueText(1, 'One') + long });
    expect(await (await ask('/issues/1/email.html')).text()).toContain('<!--clip-->');
    expect(await (await ask('/issues/1/email.html?x')).text()).toMatch(/<!--section 3-->/);
  });
});

describe('the newsletter', () => {
  it('is read again on a page reload, even without a detected change', async () => {
    const { ask, write, read } = await open();
    const mail = async () => (await ask('/issues/1/email.html')).text();
    expect(await mail()).toContain('this is issue 1');
    write(
      'issues/001-first.yaml',
      read('issues/001-first.yaml').replace('this is issue 1', 'this is unseen'),
    );
    expect(await (await ask('/')).text()).toContain('name="obn-revision" content="2"');
    expect(await mail()).toContain('this is unseen');
  });

  it('keeps its last good state while obn.yaml is broken', async () => {
    const { ask, write, read, workspace } = await open();
    await ask('/api/newsletter');
    const good = read('obn.yaml');
    write('obn.yaml', `${good}colour: red\n`);
    workspace.changed();
    expect(await (await ask('/api/newsletter')).json()).toMatchObject({
      name: 'Test Weekly',
      broken: { message: 'fix obn.yaml first', findings: [{ rule: 'schema/unknown-key' }] },
      issues: [{ number: 2 }, { number: 1, state: 'sent' }],
    });
  });

  it('reports an unreadable list', async () => {
    const { ask } = await open({ 'subscribers.csv': 'name\nAda\n' });
    expect(await (await ask('/api/newsletter')).json()).toMatchObject({ list: { exists: true } });
    expect(await (await ask('/api/issues/1/findings')).json()).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'list/unreadable' })]),
    });
  });

  it('uses the current rows of the list', async () => {
    const { ask, write, workspace } = await open({
      'subscribers.csv': 'email,first_name\na@example.com,Ana\n',
    });
    const mail = async () => (await ask('/issues/1/email.html?reader=a@example.com')).text();
    expect(await mail()).toContain('Hello Ana,');
    workspace.changed();
    expect(await mail()).toContain('Hello Ana,');
    write('subscribers.csv', 'email,first_name\na@example.com,Anabel\n');
    workspace.changed();
    expect(await mail()).toContain('Hello Anabel,');
  });

  it('finds at most twenty readers by address and name', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `reader${index}@example.com,Reader ${index}\n`);
    const { ask } = await open({
      'subscribers.csv': `email,first_name\n${rows.join('')}ada@example.com,Zoe\n`,
    });
    const search = async (text: string) => (await ask(`/api/readers?q=${text}`)).json();
    expect(await search('zo')).toEqual({ readers: [{ address: 'ada@example.com', name: 'Zoe' }] });
    expect(await search('ADA@')).toEqual({ readers: [{ address: 'ada@example.com', name: 'Zoe' }] });
    expect(((await search('reader')) as { readers: object[] }).readers).toHaveLength(20);
    expect(await search('nobody')).toEqual({ readers: [] });
  });

  it('has variants: the distinct messages with their values', async () => {
    const csv = 'email,first_name\na@example.com,Ana\nb@example.com,Ana\nc@example.com,\n';
    const { ask } = await open({ 'subscribers.csv': csv });
    expect(await (await ask('/api/issues/1/variants')).json()).toEqual({
      variants: [
        { count: 2, values: { first_name: 'Ana' }, example: 'a@example.com' },
        { count: 1, values: { first_name: 'there' }, example: 'c@example.com' },
      ],
    });
  });
});
