import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXPORTS } from '../audience/import/exports.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

const IMPORT = ['subscribers', 'import'];
const MEMBERS = 'subscribed_members_export_1a2b.csv';
const LEFT = 'unsubscribed_members_export_1a2b.csv';

const LIST = `email;first_name;status;tags\r
"ada@example.com" ;Ada;;vip\r
old@example.com;Old;unsubscribed;\r
not-an-address;X;;\r
`;

function withExports(list: string | null = LIST): TestNewsletter {
  return makeNewsletter({ 'subscribers.csv': list, ...EXPORTS });
}

interface Imported {
  readonly counts: Record<string, number>;
  readonly backup: string | null;
  readonly refused: string | null;
  readonly suppressed: number;
}

describe('obn subscribers import', () => {
  it('shows what would change, and changes nothing without confirmation', async () => {
    const { root, read } = withExports();
    const dry = await obn(root, [...IMPORT, MEMBERS, '--dry-run']);
    expect(dry.code).toBe(0);
    expect(dry.stderr).toMatch(/is a Mailchimp export/);
    expect(dry.stderr).toMatch(/Email Address +→ +email/);
    expect(dry.stderr).toMatch(/left out: MEMBER_RATING, OPTIN_IP/);
    expect(dry.stderr).toMatch(/1 +new +grace@example\.org/);
    expect(dry.stderr).toMatch(/1 +updated +ada@example\.com/);
    const unasked = await obn(root, [...IMPORT, MEMBERS]);
    expect(unasked.code).toBe(2);
    expect(unasked.stderr).toMatch(/add --yes/);
    expect(read('subscribers.csv')).toBe(LIST);
    expect(readdirSync(`${root}/.obn/cache`)).toEqual([]);
    expect(readdirSync(`${root}/.obn`)).toEqual(['cache']);
  });

  it('merges, keeps a backup, and does not change other bytes', async () => {
    const { root, read, path } = withExports();
    const done = await obn(root, [...IMPORT, MEMBERS, '--yes', '--json']);
    const { counts, backup } = done.json<Imported>();
    expect(counts).toMatchObject({ new: 1, changed: 1, unchanged: 0, left: 0, gone: 0, refused: 0 });
    expect(read(backup ?? '')).toBe(LIST);
    expect(statSync(path(backup ?? '')).mode & 0o077).toBe(0);
    expect(read('subscribers.csv')).toBe(
      [
        'email;first_name;status;tags;last_name;company;subscribed_at',
        'ada@example.com;Ada;;vip;Lovelace;Engines, Ltd.;2020-01-02 03:04:05',
        'old@example.com;Old;unsubscribed;',
        'not-an-address;X;;',
        'grace@example.org;Grace;subscribed;;;;2020-02-02 03:04:05',
        '',
      ]
        .join('\r\n')
        .replace(';vip;', ';vip;VIP;aws;')
        .replace('vip;VIP;aws', '"vip;VIP;aws"'),
    );
    const again = await obn(root, [...IMPORT, MEMBERS, '--yes', '--json']);
    expect(again.json()).toMatchObject({ counts: { new: 0, changed: 0, unchanged: 2 }, backup: null });
  });

  it('suppresses readers who unsubscribed or bounced elsewhere, and resubscribes nobody', async () => {
    const { root, read, write } = withExports();
    for (const name of [LEFT, 'cleaned_members_export_1a2b.csv']) {
      const done = await obn(root, [...IMPORT, name, '--yes']);
      expect([done.code, done.stdout]).toEqual([0, 'subscribers.csv is unchanged.\n']);
    }
    expect(read('subscribers.csv')).toBe(LIST);
    write('all.csv', 'email\nleft@example.com\nangry@example.com\ndead@example.com\nold@example.com\n');
    const back = await obn(root, [...IMPORT, 'all.csv', '--yes', '--json']);
    expect(back.json()).toMatchObject({ counts: { new: 0, left: 4 }, suppressed: 0, backup: null });
    expect(read('subscribers.csv')).toBe(LIST);
    write('subscribers.csv', 'email\nleft@example.com\nangry@example.com\ndead@example.com\n');
    const listed = await obn(root, ['subscribers', 'list', '--json']);
    expect(listed.json()).toMatchObject({
      audience: { eligible: 0, excluded: { unsubscribed: 1, complained: 1, bounced: 1 } },
    });
  });

  it('does not resubscribe a reader with an unknown status', async () => {
    const list = 'email,status\nbob@example.com,opted-out\n,\neve@example.com,unsubscribed,surplus\n';
    const { root, read, write } = withExports(list);
    write('all.csv', 'email\nbob@example.com\neve@example.com\n');
    const done = await obn(root, [...IMPORT, 'all.csv', '--yes', '--json']);
    expect(done.json()).toMatchObject({ counts: { new: 0, unchanged: 2 } });
    const added = await obn(root, ['subscribers', 'add', 'bob@example.com']);
    expect([added.code, added.stderr]).toEqual([
      2,
      expect.stringMatching(/is already in subscribers\.csv, on a row that cannot be mailed/),
    ]);
    expect(read('subscribers.csv')).toBe(list);
  });

  it('writes every refused row with line and reason', async () => {
    const { root, read, write } = withExports();
    write('bad.csv', 'email,name\nok@example.com,O K\nnonsense,"N, N"\n,\na@b.co,A,surplus\n');
    const done = await obn(root, [...IMPORT, 'bad.csv', '--yes', '--json']);
    const { counts, refused } = done.json<Imported>();
    expect(counts).toMatchObject({ new: 1, refused: 3 });
    expect(done.stderr).toMatch(/line 3: "nonsense" is not an email address/);
    expect(
      read(refused ?? '')
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      'obn_line,obn_reason,obn_detail,email,name',
      '3,invalid_address,"""nonsense"" is not an email address",nonsense,"N, N"',
      '4,no_address,no address,,',
      '5,malformed,the row has more values than the header has columns; put values with a comma in quotes,a@b.co,A,surplus',
    ]);
  });

  it('refuses rows with broken quotes by line, and takes in the others', async () => {
    const { root, read, write } = withExports('email,first_name\n');
    const rows =
      'email,name,status\na@x.co,A,\nb@x.co,"Bob" S,\nc@x.co,"C,\nd@x.co,D,\na@x.co,"A",unsubscribed\n';
    write('bad.csv', `${rows}e@x.co,E,\n`);
    const done = await obn(root, [...IMPORT, 'bad.csv', '--yes', '--json']);
    expect(done.json()).toMatchObject({ counts: { new: 1, refused: 5 } });
    expect(read('subscribers.csv')).toBe('email,first_name\ne@x.co,E\n');
    expect(read(done.json<Imported>().refused ?? '')).toMatch(/^2,unclear,"line 6 also contains a@x.co/m);
  });

  it('creates a missing list', async () => {
    const { root, read } = withExports(null);
    expect((await obn(root, [...IMPORT, 'subscribers.listmonk.csv', '--yes'])).code).toBe(0);
    expect(read('subscribers.csv')).toBe(
      'email,first_name,last_name,status,tags,subscribed_at,city,vip\n' +
        'ada@example.com,Ada,Lovelace,subscribed,,2024-03-01T10:00:00Z,London,true\n',
    );
  });

  it('counts an address once, and an opt-out on any row', async () => {
    const { root, write, read } = withExports('email\n');
    write('twice.csv', 'email,status\na@x.co,\nA@x.co,unsubscribed\nb@x.co,\nb@x.co,\n');
    const done = await obn(root, [...IMPORT, 'twice.csv', '--yes', '--json']);
    expect(done.json()).toMatchObject({
      counts: { new: 1, gone: 1, duplicate: 2 },
      suppressed: 1,
    });
    expect(read('subscribers.csv')).toBe('email\nb@x.co\n');
  });

  it('takes another file with its columns named by hand', async () => {
    const { root, write, read } = withExports('email,first_name\n');
    write('other.csv', 'Kontakt,Vorname\na@x.co,Ada\n');
    const refused = await obn(root, [...IMPORT, 'other.csv', '--yes']);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/its columns are Kontakt, Vorname[\s\S]*--map "Column=email"/);
    const map = ['--map', 'Kontakt=email', '--map', 'Vorname=first_name'];
    expect((await obn(root, [...IMPORT, 'other.csv', '--yes', ...map])).code).toBe(0);
    expect(read('subscribers.csv')).toBe('email,first_name\na@x.co,Ada\n');
  });

  it('reads many rows into a list of many', async () => {
    const rows = (from: number, to: number, name: string) =>
      Array.from({ length: to - from }, (_, at) => `r${from + at}@example.com,${name}${from + at}\n`).join(
        '',
      );
    const { root, write, read } = withExports(`email,first_name\n${rows(0, 6_000, 'R')}`);
    write('more.csv', `email,first_name\n${rows(5_000, 9_000, 'N')}`);
    const done = await obn(root, [...IMPORT, 'more.csv', '--yes', '--json']);
    expect(done.json()).toMatchObject({ counts: { new: 3_000, changed: 1_000 } });
    expect(read('subscribers.csv')).toBe(
      `email,first_name\n${rows(0, 5_000, 'R')}${rows(5_000, 9_000, 'N')}`,
    );
  });
});
