import { describe, expect, it, onTestFinished } from 'vitest';
import { recipientsOf, surveyAudience } from '../../src/delivery/audience.js';
import { unrecognised } from '../../src/delivery/suppressed.js';
import type { FrozenRecipient } from '../../src/ledger/delivery.js';
import type { Reader } from '../../src/ledger/reader-store.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { ForgottenKeys } from '../../src/message/forgotten.js';
import { makeNewsletter } from '../support/newsletter.js';

const NOW = 1_000;
const SECRETS = ['secret'];

const LIST = `email,first_name,status
ada@example.com,Ada,
left@example.com,Left,unsubscribed
wait@example.com,Wait,pending
`;

async function audience(list: string | null = LIST) {
  const { path } = makeNewsletter({ 'subscribers.csv': list });
  const ledger = await openSqlite(path('.obn', 'ledger.db'));
  onTestFinished(() => ledger.close());
  const source = {
    path: path('subscribers.csv'),
    name: 'subscribers.csv',
    readersUntil: NOW,
    secrets: SECRETS,
  };
  const confirm = (key: string, more: Partial<Reader> = {}) =>
    ledger.readers.save({
      ...{ key, address: key, state: 'subscribed', fields: { first_name: 'R', tags: 'aws' } },
      ...{ source: 'form', since: 1, confirmedAt: 2, ...more },
    });
  return { ledger, source, confirm };
}

async function frozen(recipients: AsyncIterable<readonly FrozenRecipient[]>): Promise<FrozenRecipient[]> {
  const all: FrozenRecipient[] = [];
  for await (const batch of recipients) all.push(...batch);
  return all;
}

describe('readers of the ledger', () => {
  it('are mailed after the list, with their form data as fields', async () => {
    const { ledger, source, confirm } = await audience();
    await confirm('zoe@example.com');
    await confirm('bob@example.com');
    const survey = await surveyAudience(source, ledger.readers, ['last_name']);
    expect(survey.counts).toEqual({
      ...{ listed: 5, eligible: 3, excluded: { unsubscribed: 1, pending: 1 } },
    });
    expect(survey.lacking.get('last_name')).toBe(3);
    const { recipients, result } = recipientsOf(source, ledger.readers, survey.repeats);
    const all = await frozen(recipients);
    expect(all.map(({ key }) => key)).toEqual(['ada@example.com', 'bob@example.com', 'zoe@example.com']);
    expect(all[1]).toMatchObject({
      name: 'R',
      fields: { email: 'bob@example.com', first_name: 'R', tags: 'aws' },
    });
    expect(result()).toEqual({ audience: survey.counts, audienceDigest: survey.digest });
  });

  it('are not mailed unless configured', async () => {
    const { ledger, source, confirm } = await audience();
    await confirm('bob@example.com');
    const { counts } = await surveyAudience({ ...source, readersUntil: undefined }, ledger.readers, []);
    expect(counts).toMatchObject({ listed: 3, eligible: 1 });
  });

  it('need no list', async () => {
    const { ledger, source, confirm } = await audience(null);
    await confirm('bob@example.com');
    expect((await surveyAudience(source, ledger.readers, [])).counts).toMatchObject({
      listed: 1,
      eligible: 1,
    });
  });

  it('have the status of the list, unless it is pending', async () => {
    const { ledger, source, confirm } = await audience();
    for (const key of ['ada@example.com', 'left@example.com', 'wait@example.com']) await confirm(key);
    const survey = await surveyAudience(source, ledger.readers, []);
    expect(survey.counts).toEqual({
      ...{ listed: 4, eligible: 2, excluded: { unsubscribed: 1, pending: 1 } },
    });
    expect(survey.sample.map(({ key }) => key)).toEqual(['ada@example.com', 'wait@example.com']);
  });

  it('are not mailed before they confirm, or after they unsubscribe', async () => {
    const { ledger, source, confirm } = await audience();
    await confirm('a@example.com', { state: 'pending', confirmedAt: null });
    await confirm('b@example.com', { state: 'unsubscribed' });
    await confirm('c@example.com');
    await ledger.readers.suppress('c@example.com', 'bounced', 'test', 1);
    await confirm('late@example.com', { confirmedAt: NOW + 1 });
    expect((await surveyAudience(source, ledger.readers, [])).counts).toMatchObject({
      ...{ listed: 4, eligible: 1, excluded: { bounced: 1 } },
    });
  });

  it('may leave while the list is read again, and may come, without anybody getting it twice', async () => {
    const { ledger, source, confirm } = await audience();
    await confirm('bob@example.com');
    await confirm('eve@example.com');
    const survey = await surveyAudience(source, ledger.readers, []);
    await confirm('bob@example.com', { state: 'unsubscribed' });
    // By a clock that is late, as if they had been there at the first reading.
    await confirm('ada@example.com');
    const { recipients, result } = recipientsOf(source, ledger.readers, survey.repeats);
    const keys = (await frozen(recipients)).map(({ key }) => key);
    expect(keys).toEqual(['ada@example.com', 'eve@example.com']);
    expect(result().audience).toMatchObject({ listed: 4, eligible: 2 });
  });
});

describe('a suppressed reader', () => {
  it('is found by the keyed hash of a forgotten reader, with any configured secret', async () => {
    const { ledger, source } = await audience();
    await ledger.readers.forget('ada@example.com', new ForgottenKeys(['old']).hash('ada@example.com'), 1);
    const count = async (secrets: string[]) =>
      (await surveyAudience({ ...source, secrets }, ledger.readers, [])).counts.eligible;
    expect([await count(['old']), await count(['new', 'old']), await count(['new'])]).toEqual([0, 0, 1]);
    expect([
      await unrecognised(ledger.readers, ['old']),
      await unrecognised(ledger.readers, ['new']),
    ]).toEqual([0, 1]);
  });

  it("includes the provider's suppressions, but the ledger's reason wins", async () => {
    const { ledger, source, confirm } = await audience();
    await confirm('bob@example.com');
    await ledger.readers.suppress('ada@example.com', 'complained', 'test', 1);
    const provider = new Map([
      ['ada@example.com', 'bounced' as const],
      ['bob@example.com', 'bounced' as const],
    ]);
    const { counts } = await surveyAudience({ ...source, provider }, ledger.readers, []);
    expect(counts.excluded).toMatchObject({ complained: 1, bounced: 1 });
    expect(counts.eligible).toBe(0);
  });
});
