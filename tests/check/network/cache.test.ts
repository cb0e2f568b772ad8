import { expect, it } from 'vitest';
import { readGood, writeGood } from '../../../src/check/network/cache.js';
import { makeNewsletter } from '../../support/newsletter.js';

const NOW = Date.UTC(2026, 5, 1);
const DAY = 24 * 3_600_000;

it('keeps good answers for a day', async () => {
  const path = makeNewsletter().path('.obn/cache/links.json');
  const good = new Map([
    ['https://a.example/', NOW],
    ['https://b.example/', NOW - DAY + 1],
    ['https://c.example/', NOW - DAY],
    ['https://d.example/', NOW + 1],
  ]);
  await writeGood(path, good, NOW);
  expect([...(await readGood(path, NOW)).keys()]).toEqual(['https://a.example/', 'https://b.example/']);
  expect([...(await readGood(path, NOW + 1)).keys()]).toEqual(['https://a.example/']);
});

it.each([
  ['no file', null],
  ['half a file', '{"version":1,"good":[["https://a.exa'],
  ['another version', '{"version":2,"good":[["https://a.example/",1780272000000]]}'],
  ['something else', '{"version":1,"good":{"__proto__":{"polluted":1}}}'],
  ['an invalid time', '{"version":1,"good":[["https://a.example/","now"]]}'],
  ['bytes', '\0\x01'],
  ['a file over the size limit', `"${'x'.repeat(1_100_000)}"`],
])('is empty with %s', async (_, text) => {
  const newsletter = makeNewsletter({ '.obn/cache/links.json': text });
  const path = newsletter.path('.obn/cache/links.json');
  expect(await readGood(path, NOW)).toEqual(new Map());
  await writeGood(path, new Map([['https://a.example/', NOW]]), NOW);
  expect(await readGood(path, NOW)).toEqual(new Map([['https://a.example/', NOW]]));
});

it('stays small enough to be read again', async () => {
  const path = makeNewsletter().path('links.json');
  const many = Array.from({ length: 20_000 }, (_, number) => {
    const address = `https://a.example/${number}-`.padEnd(200, 'x');
    return [address, NOW - number] as const;
  });
  await writeGood(path, new Map(many), NOW);
  const kept = await readGood(path, NOW);
  expect(kept.size).toBeGreaterThan(1_000);
  expect(kept.has(many[0]?.[0] ?? '')).toBe(true);
});

it('does not fail when it cannot be written', async () => {
  const newsletter = makeNewsletter({ '.obn': 'a file where the folder should be' });
  await writeGood(newsletter.path('.obn/cache/links.json'), new Map([['https://a.example/', NOW]]), NOW);
  expect(newsletter.read('.obn')).toMatch(/^a file/);
});
