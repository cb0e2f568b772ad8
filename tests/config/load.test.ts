import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openNewsletter, readNewsletter } from '../../src/config/load.js';
import { BASE, folderWith } from './folder.js';

describe('obn.yaml with only the required keys', () => {
  it('gets defaults for everything else', async () => {
    const { config } = await openNewsletter(folderWith(BASE), {});
    expect(config).toMatchObject({
      newsletter: { name: 'N', url: 'https://n.example', language: 'en', timezone: 'UTC', social: [] },
      from: { name: 'Jane', email: 'jane@n.example' },
      subject: '{{newsletter.name}}: Issue #{{issue.number}}',
      audience: { file: 'subscribers.csv', segments: {} },
      send: { transport: 'outbox', rate: 'auto' },
      ses: { mode: 'single' },
      smtp: { connections: 10 },
      outbox: { dir: '.obn/outbox' },
      ledger: 'sqlite:.obn/ledger.db',
      unsubscribe: {},
      tracking: { opens: false, clicks: false },
      archive: { out: 'site' },
    });
  });

  it('has a light and a dark value for every color', async () => {
    const { theme } = (await openNewsletter(folderWith(BASE), {})).config;
    for (const name of [
      'accent',
      'on_accent',
      'text',
      'muted',
      'background',
      'surface',
      'tint',
      'border',
    ] as const) {
      expect(theme[name]).toEqual({
        light: expect.stringMatching(/^#[0-9a-f]{6}$/),
        dark: expect.stringMatching(/^#[0-9a-f]{6}$/),
      });
    }
  });

  it('needs no environment variable', async () => {
    const newsletter = await openNewsletter(folderWith(BASE), {});
    for (const part of ['ses', 'smtp', 'outbox', 'ledger', 'unsubscribe'] as const) {
      expect(newsletter.has(part)).toBe(true);
      expect(() => newsletter.need(part)).not.toThrow();
    }
  });

  it('has a URL without a slash at the end', async () => {
    const { config } = await openNewsletter(
      folderWith(BASE.replace('n.example\n', 'n.example/base//\n')),
      {},
    );
    expect(config.newsletter.url).toBe('https://n.example/base');
  });
});

describe('the folder of a newsletter', () => {
  it('is found from a subfolder', async () => {
    const root = folderWith(BASE);
    const below = join(root, 'issues', 'images');
    mkdirSync(below, { recursive: true });
    const newsletter = await openNewsletter(below, {});
    expect(newsletter).toMatchObject({ root, cwd: below });
    expect(newsletter.document.file).toBe(join('..', '..', 'obn.yaml'));
  });

  it('is an error with a hint when there is none', async () => {
    await expect(openNewsletter('/', {})).rejects.toMatchObject({
      name: 'ObnError',
      exitCode: 3,
      message: 'there is no obn.yaml in / or a folder above it',
      hint: 'run `obn init` to create a newsletter here, or name its folder with -C DIR',
    });
  });
});

describe('obn.yaml with errors', () => {
  const broken = `${BASE}thme: {}\nsend: { transprt: ses }\n`;

  it('returns all of them', async () => {
    const loaded = await readNewsletter(folderWith(broken), {});
    expect(
      'findings' in loaded && loaded.findings.map(({ line, message }) => `${line} ${message}`).sort(),
    ).toEqual([
      '5 unknown key "thme"; did you mean "theme"?',
      '6 unknown key "transprt"; did you mean "transport"?',
    ]);
  });

  it('is not opened, and the error has all of them', async () => {
    await expect(openNewsletter(folderWith(broken), {})).rejects.toMatchObject({
      exitCode: 3,
      message: 'obn.yaml has 2 errors',
      findings: [{ file: 'obn.yaml' }, { file: 'obn.yaml' }],
    });
    await expect(openNewsletter(folderWith(`${BASE}x: 1\n`), {})).rejects.toThrow('obn.yaml has an error');
  });

  it('that is empty is reported', async () => {
    const loaded = await readNewsletter(folderWith(''), {});
    expect(loaded).toMatchObject({ findings: [{ line: 1, column: 1, rule: 'yaml/empty' }] });
  });

  it('with an alias to itself is reported', async () => {
    const text = `${BASE}audience: { segments: { all: &all { tags: *all } } }\n`;
    const loaded = await readNewsletter(folderWith(text), {});
    expect('findings' in loaded && loaded.findings.length).toBe(1);
  });
});
