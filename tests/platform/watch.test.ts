import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchPaths } from '../../src/platform/watch.js';

async function watched(...names: string[]) {
  const folder = mkdtempSync(join(tmpdir(), '.obn-watch-'));
  mkdirSync(join(folder, 'issues'));
  writeFileSync(join(folder, 'obn.yaml'), 'a');
  let changes = 0;
  let text: string | undefined;
  const paths = names.map((name) => join(folder, name));
  const change = () => {
    changes += 1;
    const file = join(folder, 'issues/a.yaml');
    text = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  const watcher = await watchPaths(paths, { change, exhausted: () => undefined });
  onTestFinished(async () => {
    await watcher.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const follow = (name: string) => watcher.follow([path(name)]);
  return {
    path,
    follow,
    count: () => changes,
    /** The text of one issue as it was at the last change. */ seen: () => text,
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const quiet = () => pause(300);

it('reports written, created, replaced and removed files at any depth', async () => {
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

it('watches paths that do not exist yet', async () => {
  const { path, count } = await watched('snippets', 'later.csv');
  mkdirSync(path('snippets'));
  writeFileSync(path('snippets/tip.md'), 'a');
  await expect.poll(count).toBeGreaterThan(0);
  await quiet();
  const before = count();
  writeFileSync(path('later.csv'), 'a');
  await expect.poll(count).toBeGreaterThan(before);
});

it('reports writes in quick succession as one change and ignores editor backups', async () => {
  const { path, count } = await watched('issues');
  for (const name of 'abcdefghij') writeFileSync(path(`issues/${name}.yaml`), 'a');
  await expect.poll(count).toBeGreaterThan(0);
  await quiet();
  // One for the event of the system, and possibly one more when the new files are found.
  const made = count();
  expect(made).toBeLessThanOrEqual(2);
  for (const name of ['.a.yaml.swp', 'a.yaml~', '#a.yaml#']) writeFileSync(path(`issues/${name}`), 'a');
  await quiet();
  expect(count()).toBe(made);
});

/** Steps with pauses between them, in milliseconds; each writes something else. */
const SAVES: Record<string, (file: string) => readonly ((() => void) | number)[]> = {
  'writes that follow one another': (file) => [write(file), 20, write(file), 35, write(file)],
  'a write, then another file in its place': (file) => [write(file), 25, replace(file)],
  'files put in its place one after the other': (file) => [replace(file), 25, replace(file)],
  'a write, and a new file soon after that one has gone': (file) => [
    ...[write(file), 2, () => rmSync(file), 25],
    write(file),
  ],
  'a new file in place of one that was removed, then writes': (file) => [
    ...[() => rmSync(file), write(file), 300],
    ...[() => writeFileSync(file, ''), 25],
    write(file),
  ],
  'a copy that is kept, and a new file': (file) => [
    ...[write(file), 20, () => renameSync(file, `${file}~`), 15],
    write(file),
  ],
};

let texts = 0;
const write = (file: string) => () => {
  texts += 1;
  writeFileSync(file, `text ${texts}`);
};
const replace = (file: string) => () => {
  write(`${file}.tmp~`)();
  renameSync(`${file}.tmp~`, file);
};

it.each(Object.entries(SAVES))('sees the last save: %s', async (_, steps) => {
  const { path, seen } = await watched('issues');
  const file = path('issues/a.yaml');
  writeFileSync(file, 'first');
  await expect.poll(seen).toBe('first');
  for (let round = 1; round <= 5; round++) {
    await quiet();
    for (const step of steps(file)) await (typeof step === 'number' ? pause(step) : step());
    await expect.poll(seen).toBe(`text ${texts}`);
  }
});

it('reports a file that is briefly missing as changed', async () => {
  const { path, count, seen } = await watched('issues');
  const file = path('issues/a.yaml');
  writeFileSync(file, 'first');
  await expect.poll(seen).toBe('first');
  await quiet();
  const before = count();
  rmSync(file);
  await pause(50);
  expect(count()).toBe(before);
  writeFileSync(file, 'second');
  await expect.poll(seen).toBe('second');
});

it('watches new paths, also in a folder that it watched before', async () => {
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
