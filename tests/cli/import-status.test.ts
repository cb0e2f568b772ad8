import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

const IMPORT = ['subscribers', 'import', 'export.csv', '--yes'];

async function imported(content: string, flags: readonly string[] = [], list = 'email\n') {
  const { root, read } = makeNewsletter({ 'subscribers.csv': list, 'export.csv': content });
  const run = await obn(root, [...IMPORT, ...flags, '--json']);
  return { root, run, list: read('subscribers.csv') };
}

describe('an import of another platform', () => {
  it.each([
    [
      'phpList',
      'id,email,confirmed,blacklisted\n1,in@x.co,1,0\n2,a@x.co,1,1\n3,b@x.co,0,0\n',
      { new: 2, gone: 1 },
    ],
    ['SendPortal', 'email,unsubscribed_at\na@x.co,2024-01-05 10:00:00\nin@x.co,\n', { new: 1, gone: 1 }],
    ['HubSpot', 'Email,Unsubscribed from all email,Email Opt Out\na@x.co,true,1\n', { new: 0, gone: 1 }],
    ['Brevo', 'EMAIL,EMAIL_BLOCKLISTED\na@x.co,Yes\nin@x.co,No\n', { new: 1, gone: 1 }],
    ['a German one', 'E-Mail;Abgemeldet\na@x.co;ja\nin@x.co;nein\n', { new: 1, gone: 1 }],
    ['camel case', 'email,emailOptOut\na@x.co,1\nin@x.co,0\n', { new: 1, gone: 1 }],
  ])('does not import opt-outs: %s', async (_, content, counts) => {
    const { root, run, list } = await imported(content);
    expect(run.json()).toMatchObject({ counts });
    expect(list).not.toMatch(/^a@x\.co/m);
    const listed = await obn(root, ['subscribers', 'list', '--json']);
    expect(JSON.stringify(listed.json())).not.toMatch(/"address":"(a|b)@x\.co","status":"subscribed"/);
  });

  it('finds opt-outs in the attributes of listmonk and beside the status of Beehiiv', async () => {
    const listmonk = 'uuid,email,attributes,status\n1,a@x.co,"{""unsubscribed"": true}",enabled\n';
    expect((await imported(listmonk)).run.json()).toMatchObject({ counts: { gone: 1, new: 0 } });
    const beehiiv = 'email,status,subscription_tier,unsubscribed_at\na@x.co,active,free,2024-01-01\n';
    expect((await imported(beehiiv)).run.json()).toMatchObject({ counts: { gone: 1, new: 0 } });
  });

  it('stops at an unknown status value, and says what to add', async () => {
    const content = 'email,Opt-in state\na@x.co,A\nb@x.co,yes\nc@x.co,B\n';
    const { run, list } = await imported(content);
    expect([run.code, list]).toEqual([2, 'email\n']);
    expect(run.stderr).toContain('the column "Opt-in state" contains "A" (line 2), "B" (line 4)');
    expect(run.stderr).toContain('--status "A=unsubscribed"');
    expect(run.stderr).toContain('--map "Opt-in state="');
    const told = await imported(content, ['--status', 'A=subscribed', '--status', 'b=unsubscribed']);
    expect(told.run.json()).toMatchObject({ counts: { gone: 1 } });
    expect((await imported(content, ['--map', 'Opt-in state='])).run.json()).toMatchObject({
      counts: { new: 3 },
    });
  });

  it('asks about a column that may be about something else', async () => {
    const content = 'email,state\na@x.co,CA\n';
    expect((await imported(content)).run.stderr).toMatch(/"state" contains "CA" \(line 2\)/);
    const { list } = await imported(content, ['--map', 'state=state']);
    expect(list).toBe('email,state\na@x.co,CA\n');
  });

  it('sets the consent column of the list for new readers', async () => {
    const { root, list } = await imported('email\nb@x.co\n', [], 'email,confirmed\na@x.co,1\n');
    expect(list).toBe('email,confirmed\na@x.co,1\nb@x.co,yes\n');
    await obn(root, ['subscribers', 'add', 'c@x.co']);
    const listed = await obn(root, ['subscribers', 'list', '--json']);
    expect(listed.json()).toMatchObject({ audience: { eligible: 3 } });
  });
});

describe('the dates of an import', () => {
  const rows = (...dates: string[]) =>
    `email,subscribed_at\n${dates.map((date, at) => `r${at}@x.co,${date}\n`).join('')}`;
  const LIST = 'email,subscribed_at\n';

  it.each([
    [
      ['5/1/2019', '1/15/2024'],
      ['2019-05-01', '2024-01-15'],
    ],
    [
      ['5/1/2019', '15/1/2024'],
      ['2019-01-05', '2024-01-15'],
    ],
    [
      ['15.01.2024', '2019-05-01', '1550102400'],
      ['2024-01-15', '2019-05-01', '2019-02-14T00:00:00.000Z'],
    ],
  ])('%j become %j', async (written, iso) => {
    const { list } = await imported(rows(...written), [], LIST);
    expect(list).toBe(rows(...iso));
  });

  it('need an order if day and month are ambiguous', async () => {
    const { run, list } = await imported(rows('5/1/2019'), [], LIST);
    expect([run.code, list]).toEqual([2, LIST]);
    expect(run.stderr).toMatch(/export\.csv:2:1 obn cannot tell the day from the month in "5\/1\/2019"/);
    const told = await imported(rows('5/1/2019'), ['--dates', 'day-first'], LIST);
    expect(told.list).toBe(rows('2019-01-05'));
  });

  it('are refused where both orders are there', async () => {
    const { run } = await imported(rows('13/1/2019', '1/13/2019'));
    expect(run.stderr).toContain('"13/1/2019" (line 2), "1/13/2019" (line 3)');
  });
});

describe('the names of an import', () => {
  it('are those of people, whatever a program has made of them', async () => {
    const content =
      'email,Name,company\na@x.co,"Lovelace, Ada",NULL\nb@x.co,NULL,\\N\nc@x.co,\\N,#N/A\nd@x.co,#N/A,"Tom &amp; Co, Inc."\n' +
      'e@x.co,O&#039;Brien,AT&T\nf@x.co,"Ada Lovelace, PhD",X\ng@x.co,Christopher Null,undefined\n';
    const { list } = await imported(content, [], 'email,first_name,last_name,company\n');
    expect(list).toBe(
      'email,first_name,last_name,company\na@x.co,Ada,Lovelace,\nb@x.co,,,\nc@x.co,,,\n' +
        'd@x.co,,,"Tom & Co, Inc."\n' +
        `e@x.co,O'Brien,,AT&T\nf@x.co,Ada,"Lovelace, PhD",X\ng@x.co,Christopher,Null,\n`,
    );
  });
});
