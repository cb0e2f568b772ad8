import { mkdtemp, open, readFile, rm, writeFile as write } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeFile } from '../../src/platform/files.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'obn-files-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** Watches `sync` of every open file, and what the target contains at that moment. */
async function watchSync(target: string): Promise<string[]> {
  const seen: string[] = [];
  await using probe = await open(join(folder, 'probe'), 'w');
  const prototype = Object.getPrototypeOf(probe) as typeof probe;
  const real = prototype.sync;
  vi.spyOn(prototype, 'sync').mockImplementation(async function (this: typeof probe) {
    seen.push(await readFile(target, 'utf8'));
    return real.call(this);
  });
  return seen;
}

it('syncs the new content to the disk before it replaces a file', async () => {
  const path = join(folder, 'list.csv');
  await write(path, 'old');
  const seen = await watchSync(path);
  await writeFile(path, 'new');
  expect(seen).toEqual(['old']);
  expect(await readFile(path, 'utf8')).toBe('new');
});

it('leaves the old file when the new content cannot be produced', async () => {
  const path = join(folder, 'list.csv');
  await write(path, 'old');
  const pieces = (async function* () {
    yield 'ne';
    throw new Error('the list ended early');
  })();
  await expect(writeFile(path, pieces)).rejects.toThrow('the list ended early');
  expect(await readFile(path, 'utf8')).toBe('old');
});
