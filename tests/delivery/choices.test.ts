import { expect, it, onTestFinished } from 'vitest';
import { segmentTest } from '../../src/audience/segment.js';
import { recipientsOf, surveyAudience } from '../../src/delivery/audience.js';
import { openSqlite } from '../../src/ledger/sqlite/open.js';
import { makeNewsletter } from '../support/newsletter.js';

const LIST = `email,tags
ada@example.com,vip;aws
bob@example.com,news
eve@example.com,aws
`;

async function open() {
  const { path } = makeNewsletter({ 'subscribers.csv': LIST });
  const ledger = await openSqlite(path('.obn', 'ledger.db'));
  onTestFinished(() => ledger.close());
  const segment = segmentTest('aws', { aws: { tags: 'aws' } });
  const source = { path: path('subscribers.csv'), name: 'subscribers.csv', secrets: [], segment };
  const choose = (key: string, fields: Record<string, string>) =>
    ledger.readers.save({
      ...{
        key,
        address: key,
        state: 'subscribed',
        fields,
        source: 'preferences',
        since: 1,
        confirmedAt: null,
      },
    });
  const keys = async (topics: readonly string[]) => {
    const survey = await surveyAudience({ ...source, topics }, ledger.readers, []);
    const found: (readonly [string, string | undefined])[] = [];
    const { recipients } = recipientsOf({ ...source, topics }, ledger.readers, survey.repeats);
    for await (const batch of recipients)
      found.push(...batch.map(({ key, fields }) => [key, fields.tags] as const));
    expect(found).toHaveLength(survey.counts.eligible);
    return found;
  };
  return { choose, keys };
}

it('prefers topics that a reader chose later to the tags of the list', async () => {
  const { choose, keys } = await open();
  const listed = [
    ['ada@example.com', 'vip;aws'],
    ['eve@example.com', 'aws'],
  ];
  expect(await keys(['aws', 'news'])).toEqual(listed);
  await choose('ada@example.com', { tags: 'news;vip' });
  await choose('bob@example.com', { tags: 'aws' });
  await choose('eve@example.com', { first_name: 'Eve' });
  expect(await keys(['aws', 'news'])).toEqual([
    ['bob@example.com', 'aws'],
    ['eve@example.com', 'aws'],
  ]);
  expect(await keys([])).toEqual(listed);
});
