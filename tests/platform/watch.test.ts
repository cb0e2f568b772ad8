import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { watchPaths } from '../../src/platform/watch.js';

async function watched(...names: string[]) {
  const folder = mkdtempSync(join(tmpdir(), '.obn-watch-'));
  mkdirSync(join(folder, 'issues'));
  writeFileSync(join(folder, 'obn.yaml'), 'a');
  let changes = 0;
  const paths = names.map((name) => join(folder, name));
  const change = () => {
    changes += 1;
  };
  const watcher = await watchPaths(paths, { change, exhausted: () => undefined });
  onTestFinished(async () => {
    await watcher.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  return { path, count: () => changes, follow: (name: string) => watcher.follow([path(name)]) };
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 300));

it('hears of files that are written, made, put in place of others and removed, deep down too', async () => {
  const { path, count } = await watched('obn.yaml', 'issues');
  const steps = [
    () => writeFileSync(path('obn.yaml'), 'b'),
    () => writeFileSync(path('issues/1.yaml'), 'b'),
    () => mkdirSync(path('issues/images')),
    () => writeFileSync(path('issues/images/a.png'), 'b'),
    () => {
      writeFileSync(path('issues/.1.tmp'), 'c');
      renameSync(path('issues/.1.tmp'), path('issues/1.yaml'));
    },
    () => rmSync(path('issues/1.yaml')),
  ];
  for (const step of steps) {
    const before = count();
    step();
    await expect.poll(count).toBeGreaterThan(before);
    await quiet();
  }
});

it('waits for what does not exist yet', async () => {
  const { path, count } = await watched('snippets', 'later.csv');
  mkdirSync(path('snippets'));
  writeFileSync(path('snippets/tip.md'), 'a');
  await expect.poll(count).toBeGreaterThan(0);
  await quiet();
  const before = count();
  writeFileSync(path('later.csv'), 'a');
  await expect.poll(count).toBeGreaterThan(before);
});

it('takes what is written together for one change, and copies of editors for none', async () => {
  const { path, count } = await watched('issues');
  for (const name of ['a.yaml', 'b.yaml', 'c.yaml']) writeFileSync(path(`issues/${name}`), 'a');
  await expect.poll(count).toBe(1);
  await quiet();
  for (const name of ['.a.yaml.swp', 'a.yaml~', '#a.yaml#']) writeFileSync(path(`issues/${name}`), 'a');
  await quiet();
  expect(count()).toBe(1);
});

it('hears of each of several writes that follow one another at once', async () => {
  const { path, count } = await watched('issues');
  writeFileSync(path('issues/a.yaml'), 'a');
  await expect.poll(count).toBe(1);
  for (const pause of [2, 20, 30, 40]) {
    await quiet();
    const before = count();
    writeFileSync(path('issues/a.yaml'), 'b');
    await vi.waitUntil(() => count() > before, { interval: 1 });
    await new Promise((resolve) => setTimeout(resolve, pause));
    const between = count();
    writeFileSync(path('issues/a.yaml'), 'c');
    await expect.poll(count).toBeGreaterThan(between);
  }
});

it('watches other files when it is told to, those that stand in a folder that it watched before', async () => {
  const { path, count, follow } = await watched('obn.yaml');
  for (const name of ['there.csv', 'not-yet.csv']) {
    if (name === 'there.csv') writeFileSync(path(name), 'a');
    await quiet();
    follow(name);
    await quiet();
    for (const text of ['b', 'c']) {
      const before = count();
      writeFileSync(path(name), text);
      await expect.poll(count).toBeGreaterThan(before);
      await quiet();
    }
  }
  const before = count();
  writeFileSync(path('obn.yaml'), 'b');
  writeFileSync(path('there.csv'), 'd');
  await quiet();
  expect(count()).toBe(before);
});
