import { describe, expect, it } from 'vitest';
import type { Reader } from '../../src/ledger/reader-store.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter, type NewsletterOptions, type TestNewsletter } from '../support/newsletter.js';

const S = 'subscribers';

const LIST = `email,first_name,last_name,status,tags
ada@example.com,Ada,Lovelace,,aws;beginner
grace@example.org,Grace,Hopper,subscribed,aws
left@example.com,Left,,unsubscribed,
nonsense,,,,
ADA@example.com,Ada,,,
`;

const SEGMENTS = { audience: { segments: { aws: { tags: 'aws' } } } };

function newsletter(list = LIST, options: NewsletterOptions = { config: SEGMENTS }): TestNewsletter {
  return makeNewsletter({ 'subscribers.csv': list }, options);
}

async function withReaders(site: TestNewsletter, ...readers: Partial<Reader>[]): Promise<void> {
  const ledger = await openSqlite(site.path('.obn', 'ledger.db'));
  for (const reader of readers) {
    const { key = '' } = reader;
    const base = { key, address: key, state: 'subscribed', fields: {}, source: 'form' } as const;
    await ledger.readers.save({ ...base, since: 1, confirmedAt: 2, ...reader });
  }
  await ledger.close();
}

describe('obn subscribers list', () => {
  it('shows who is mailed, who is not, and why', async () => {
    const { root } = newsletter();
    const shown = await obn(root, [S, 'list']);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/2 +eligible, of 5 rows on the list/);
    expect(shown.stdout).toMatch(/line 2 +ada@example\.com +Ada Lovelace +aws beginner/);
    expect(shown.stdout).not.toMatch(/left@example/);
    const out = await obn(root, [S, 'list', '--left-out', '--json']);
    expect(out.json()).toMatchObject({
      audience: { listed: 5, eligible: 2, excluded: { unsubscribed: 1, invalid_address: 1, duplicate: 1 } },
      found: 3,
      subscribers: [
        { address: 'left@example.com', line: 4, mailed: false, reason: 'unsubscribed' },
        { line: 5, reason: 'invalid_address' },
        { line: 6, reason: 'duplicate', detail: 'ADA@example.com is already on an earlier row' },
      ],
    });
  });

  it('counts a segment and shows examples', async () => {
    const { root } = newsletter();
    const found = await obn(root, [S, 'list', '--segment', 'aws', '--limit', '1', '--json']);
    expect(found.json()).toMatchObject({
      found: 2,
      subscribers: [{ address: 'ada@example.com', mailed: true, tags: ['aws', 'beginner'] }],
    });
    const wrong = await obn(root, [S, 'list', '--segment', 'asw']);
    expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringMatching(/did you mean "aws"/)]);
  });

  it('finds people by address and name', async () => {
    const { root } = newsletter();
    const byName = await obn(root, [S, 'list', '--search', 'hopper', '--json']);
    expect(byName.json()).toMatchObject({ found: 1, subscribers: [{ line: 3 }] });
    const all = await obn(root, [S, 'list', '--search', 'LEFT', '--all', '--json']);
    expect(all.json()).toMatchObject({ found: 1, subscribers: [{ reason: 'unsubscribed' }] });
  });

  it('knows the readers of the ledger where they are asked for', async () => {
    const site = newsletter(LIST, { config: { audience: { ledger: true } } });
    await withReaders(site, { key: 'zoe@example.com' }, { key: 'left@example.com' });
    const shown = await obn(site.root, [S, 'list', '--search', 'zoe']);
    expect(shown.stdout).toMatch(/3 +eligible, of 6 rows/);
    expect(shown.stdout).toMatch(/ledger +zoe@example\.com/);
    const sent = await obn(site.root, ['send', '1', '--json']);
    expect(sent.json()).toMatchObject({ audience: { listed: 6, eligible: 3 }, deliveries: { accepted: 3 } });
  });
});

describe('obn subscribers check', () => {
  it('names every row that cannot be mailed, with its line', async () => {
    const { root } = newsletter();
    const checked = await obn(root, [S, 'check']);
    expect(checked.code).toBe(1);
    expect(checked.stdout.split('\n')).toEqual([
      'subscribers.csv:5:1 invalid_address "nonsense" is not an email address',
      'subscribers.csv:6:1 duplicate ADA@example.com is already on an earlier row',
      '',
    ]);
    const all = await obn(root, [S, 'check', '--all', '--json']);
    expect(all.json()).toMatchObject({ faulty: 2, rows: [{ line: 4, reason: 'unsubscribed' }, {}, {}] });
  });

  it('is content with a list in which all can be', async () => {
    const { root } = newsletter('email\na@example.com\nb@example.com\n');
    const checked = await obn(root, [S, 'check']);
    expect([checked.code, checked.stderr]).toEqual([0, expect.stringMatching(/2 rows, all can be mailed/)]);
  });
});

describe('obn subscribers export', () => {
  it('exports everyone who is mailed, from list and ledger, with all columns', async () => {
    const site = newsletter(LIST, { config: { audience: { ledger: true, ...SEGMENTS.audience } } });
    await withReaders(site, { key: 'zoe@example.com', fields: { first_name: 'Zoë, Z', city: 'X' } });
    const csv = await obn(site.root, [S, 'export']);
    expect(csv.stdout).toBe(
      'email,first_name,last_name,status,tags,city\n' +
        'ada@example.com,Ada,Lovelace,,aws;beginner,\n' +
        'grace@example.org,Grace,Hopper,subscribed,aws,\n' +
        'zoe@example.com,"Zoë, Z",,,,X\n',
    );
    const json = await obn(site.root, [S, 'export', '--segment', 'aws', '--format', 'json']);
    expect(json.json()).toMatchObject([
      { email: 'ada@example.com', tags: ['aws', 'beginner'] },
      { email: 'grace@example.org' },
    ]);
    const none = await obn(site.root, [
      S,
      'export',
      '--json',
      '--list',
      'subscribers.csv',
      '--segment',
      'aws',
    ]);
    expect(none.json()).toHaveLength(2);
    await obn(site.root, [S, 'export', '--out', 'all.csv']);
    expect(site.read('all.csv')).toBe(csv.stdout);
  });
});

describe('obn subscribers add', () => {
  it('puts a row at the end, in the way in which the list is written', async () => {
    const { root, read } = newsletter('\ufeffemail;first_name;company\r\nada@example.com;Ada;X\r\n');
    const flags = ['--first-name', 'Bob', '--field', 'Company=A; B', '--tags', 'x,y'];
    expect((await obn(root, [S, 'add', 'Bob@example.com', ...flags])).code).toBe(0);
    expect(read('subscribers.csv')).toBe(
      '\ufeffemail;first_name;company;tags\r\nada@example.com;Ada;X\r\nBob@example.com;Bob;"A; B";"x;y"\r\n',
    );
  });

  it('creates a missing list', async () => {
    const { root, read } = makeNewsletter({ 'subscribers.csv': null });
    expect((await obn(root, [S, 'add', 'bob@example.com', '--pending'])).code).toBe(0);
    expect(read('subscribers.csv')).toMatch(
      /^email,first_name,last_name,status,tags,subscribed_at\nbob@example\.com,,,pending,,\d{4}-.*Z\n$/,
    );
  });

  it.each([
    ['ada@example.com', /is already on the list \(subscribers\.csv:2\), as subscribed/],
    ['left@example.com', /as unsubscribed/],
    ['gone@example.com', /is complained in the ledger.*\n.*--lift/],
    ['nonsense', /not a valid email address/],
  ])('does not put %s on it', async (address, message) => {
    const { root, read } = newsletter();
    await obn(root, [S, 'suppress', 'gone@example.com', '--reason', 'complained']);
    const refused = await obn(root, [S, 'add', address]);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringMatching(message)]);
    expect(read('subscribers.csv')).toBe(LIST);
  });
});

describe('obn subscribers remove', () => {
  it('removes every row of an address, and keeps a backup of the list', async () => {
    const { root, read } = newsletter();
    expect((await obn(root, [S, 'remove', 'ada@example.com'])).code).toBe(2);
    const removed = await obn(root, [S, 'remove', 'Ada@example.com', '--yes', '--json']);
    const { backup } = removed.json<{ backup: string }>();
    expect(removed.json()).toMatchObject({ removed: 2 });
    expect(read(backup)).toBe(LIST);
    expect(read('subscribers.csv')).toBe(
      LIST.split('\n')
        .filter((line) => !/^ada@/i.test(line))
        .join('\n'),
    );
    const again = await obn(root, [S, 'remove', 'ada@example.com', '--yes']);
    expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/is not in subscribers\.csv/)]);
  });
});

describe('obn subscribers suppress', () => {
  it('wins over the list, until it is lifted', async () => {
    const { root } = newsletter();
    const both = await obn(root, [S, 'suppress', 'ada@example.com', 'Grace@example.org', '--json']);
    expect(both.json()).toEqual([
      { address: 'ada@example.com', reason: 'unsubscribed', changed: true },
      { address: 'Grace@example.org', reason: 'unsubscribed', changed: true },
    ]);
    const worse = await obn(root, [S, 'suppress', 'ada@example.com', '--reason', 'complained']);
    expect(worse.stdout).toMatch(/is complained and will not be mailed again/);
    const again = await obn(root, [S, 'suppress', 'ada@example.com']);
    expect(again.stdout).toMatch(/is already complained/);
    const plan = await obn(root, ['send', '1', '--dry-run', '--json']);
    expect(plan.json()).toMatchObject({
      audience: { eligible: 0, excluded: { complained: 1, unsubscribed: 2 } },
    });
    expect((await obn(root, [S, 'suppress', 'ada@example.com', '--lift'])).stdout).toMatch(
      /may be mailed again/,
    );
    const listed = await obn(root, [S, 'list', '--json']);
    expect(listed.json()).toMatchObject({ audience: { eligible: 1 } });
  });
});

it('keeps a reader unsubscribed when a bounced address works again', async () => {
  const site = newsletter(LIST, { config: { audience: { ledger: true } } });
  await withReaders(site, { key: 'zoe@example.com', state: 'unsubscribed' });
  const zoe = [S, 'suppress', 'zoe@example.com'];
  await obn(site.root, [...zoe, '--reason', 'bounced']);
  expect((await obn(site.root, [...zoe, '--lift'])).stdout).toMatch(/had also unsubscribed/);
  expect((await obn(site.root, [...zoe, '--lift'])).stdout).toMatch(/may be mailed again/);
  const listed = await obn(site.root, [S, 'list', '--search', 'zoe', '--json']);
  expect(listed.json()).toMatchObject({ found: 1, audience: { eligible: 3 } });
});

it('is a command with commands of its own', async () => {
  const { root } = newsletter();
  const help = await obn(root, ['help', S]);
  expect(help.stdout).toMatch(/forget +erase all data about a person/);
  expect((await obn(root, [S, 'export', '--help'])).stdout).toMatch(/--segment <name>/);
  expect((await obn(root, [S, 'help', 'export'])).stdout).toMatch(/obn subscribers export/);
  const wrong = await obn(root, [S, 'exprot']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/did you mean "export"/)]);
  const none = await obn(root, [S, 'list', '--nonsense']);
  expect(none.code).toBe(2);
});
