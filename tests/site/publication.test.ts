import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/site/digest.js';
import { MANIFEST } from '../../src/site/publish/manifest.js';
import { Publication } from '../../src/site/publish/publication.js';
import { temporaryFolder } from './temporary.js';

/** Publishes a site of these files; the key of each is its content. */
async function publish(folder: string, files: Readonly<Record<string, string>>) {
  const publication = await Publication.open(folder);
  for (const [path, content] of Object.entries(files)) {
    if (publication.has(path, content)) publication.keep(path);
    else await publication.put(path, content, content);
  }
  return publication.finish();
}

const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

describe('a published site', () => {
  it('has its files and a manifest, and nothing else', async () => {
    const folder = temporaryFolder();
    const published = await publish(folder, { 'index.html': 'home', 'issues/1/index.html': 'one' });
    expect(published).toMatchObject({ written: 2, removed: 0, left: [] });
    expect(readdirSync(folder).sort()).toEqual([MANIFEST, 'index.html', 'issues']);
    expect(read(folder, 'issues/1/index.html')).toBe('one');
  });

  it('accepts several files concurrently', async () => {
    const folder = temporaryFolder();
    const publication = await Publication.open(folder);
    const names = Array.from({ length: 20 }, (_, index) => `${index}.html`);
    await Promise.all(names.map((name) => publication.put(name, name, name)));
    expect(await publication.finish()).toMatchObject({ written: 20 });
    for (const name of names) expect(read(folder, name)).toBe(name);
  });

  it('writes changed files, and removes obsolete files and empty folders', async () => {
    const folder = temporaryFolder();
    await publish(folder, { 'a.html': '1', 'issues/1/index.html': 'one', 'issues/2/index.html': 'two' });
    const again = await publish(folder, { 'a.html': '2', 'issues/1/index.html': 'one' });
    expect(again).toMatchObject({ written: 1, removed: 1 });
    expect(read(folder, 'a.html')).toBe('2');
    expect(readdirSync(join(folder, 'issues'))).toEqual(['1']);
  });

  it('restores removed and truncated files', async () => {
    const folder = temporaryFolder();
    await publish(folder, { 'a.html': 'whole' });
    writeFileSync(join(folder, 'a.html'), 'wh');
    expect(await publish(folder, { 'a.html': 'whole' })).toMatchObject({ written: 1 });
    expect(read(folder, 'a.html')).toBe('whole');
  });

  it('never touches foreign files', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'CNAME'), 'example.com');
    await publish(folder, { 'a.html': '1' });
    await publish(folder, {});
    expect(readdirSync(folder).sort()).toEqual([MANIFEST, 'CNAME']);
  });

  it('is refused without changes if a foreign file is in the way', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.html'), 'mine');
    const refused = publish(folder, { 'index.html': 'home', 'other.html': 'x' });
    await expect(refused).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('index.html'),
    });
    expect(readdirSync(folder)).toEqual(['index.html']);
    expect(read(folder, 'index.html')).toBe('mine');
  });

  it('adopts files with identical content', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'index.html'), 'home');
    await publish(folder, { 'index.html': 'home' });
    await publish(folder, {});
    expect(existsSync(join(folder, 'index.html'))).toBe(false);
  });

  it('keeps and reports an obsolete file that was changed', async () => {
    const folder = temporaryFolder();
    await publish(folder, { 'a.html': '1', 'b.html': '1' });
    writeFileSync(join(folder, 'a.html'), 'changed by hand');
    expect(await publish(folder, { 'b.html': '1' })).toMatchObject({ removed: 0, left: ['a.html'] });
    expect(read(folder, 'a.html')).toBe('changed by hand');
  });

  it('does not follow links out of its folder', async () => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    symlinkSync(elsewhere, join(folder, 'issues'));
    await expect(publish(folder, { 'issues/1/index.html': 'one' })).rejects.toMatchObject({ exitCode: 3 });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('continues after an interrupted build', async () => {
    const folder = temporaryFolder();
    await publish(folder, { 'a.html': '1' });
    const manifest = JSON.parse(read(folder, MANIFEST));
    mkdirSync(join(folder, '.obn-archive-0123456789ab'));
    writeFileSync(join(folder, '.obn-archive-0123456789ab/0'), 'staged');
    writeFileSync(join(folder, `.${MANIFEST}.0123456789ab.tmp`), 'half of a list');
    // Of three files that were about to be put in place, one was.
    writeFileSync(join(folder, 'b.html'), 'b');
    const { digest } = manifest.files['a.html'];
    manifest.moving = { 'a.html': digest, 'b.html': digestOf('b'), 'c.html': 'of more' };
    writeFileSync(join(folder, MANIFEST), JSON.stringify(manifest));
    await publish(folder, { 'a.html': '1', 'b.html': 'new', 'c.html': 'c' });
    expect(readdirSync(folder).sort()).toEqual([MANIFEST, 'a.html', 'b.html', 'c.html']);
    expect(read(folder, 'b.html')).toBe('new');
  });

  it('removes its own files after several interrupted builds', async () => {
    const folder = temporaryFolder();
    await publish(folder, { 'a.html': '1' });
    const manifest = JSON.parse(read(folder, MANIFEST));
    // The file is in place but not in the manifest yet, and another build was about to replace it.
    writeFileSync(join(folder, 'b.html'), 'b');
    manifest.moving = { 'b.html': digestOf('b') };
    writeFileSync(join(folder, MANIFEST), JSON.stringify(manifest));
    const cutOff = await Publication.open(folder);
    await cutOff.put('b.html', 'other', 'other');
    for (const name of readdirSync(folder)) {
      if (/^\.obn-archive-/.test(name)) rmSync(join(folder, name), { recursive: true });
    }
    await expect(cutOff.finish()).rejects.toThrow();
    expect(read(folder, MANIFEST)).toContain(digestOf('other'));
    expect(await publish(folder, { 'a.html': '1' })).toMatchObject({ removed: 1, left: [] });
    expect(existsSync(join(folder, 'b.html'))).toBe(false);
  });

  it('does not adopt a foreign file at a pending path', async () => {
    const folder = temporaryFolder();
    await publish(folder, { 'a.html': '1' });
    const manifest = JSON.parse(read(folder, MANIFEST));
    manifest.moving = { 'b.html': digestOf('b') };
    writeFileSync(join(folder, MANIFEST), JSON.stringify(manifest));
    writeFileSync(join(folder, 'b.html'), 'mine');
    await expect(publish(folder, { 'a.html': '1', 'b.html': 'b' })).rejects.toMatchObject({ exitCode: 3 });
    expect(await publish(folder, { 'a.html': '1' })).toMatchObject({ removed: 0, left: [] });
    expect(read(folder, 'b.html')).toBe('mine');
  });

  it.each([
    ['a folder of somebody else', 'z.html/mine.txt'],
    ['a file of somebody else, where a folder has to be', 'issues'],
  ])('is refused without changes if %s is in the way', async (_, mine) => {
    const folder = temporaryFolder();
    mkdirSync(dirname(join(folder, mine)), { recursive: true });
    writeFileSync(join(folder, mine), 'mine');
    const files = { 'a.html': '1', 'z.html': 'z', 'issues/1/index.html': 'one' };
    await expect(publish(folder, files)).rejects.toMatchObject({ exitCode: 3 });
    expect(readdirSync(folder)).toEqual([mine.split('/')[0]]);
    expect(read(folder, mine)).toBe('mine');
  });

  it.each(['../out.html', '/etc/passwd', 'a/../../out.html', 'a//b.html', '.'])(
    'is refused if its manifest contains %s',
    async (path) => {
      const folder = temporaryFolder();
      const entry = { key: '', digest: '', size: 0 };
      writeFileSync(
        join(folder, MANIFEST),
        JSON.stringify({ version: 1, files: { [path]: entry }, moving: {} }),
      );
      await expect(publish(folder, {})).rejects.toMatchObject({ exitCode: 3 });
    },
  );
});
