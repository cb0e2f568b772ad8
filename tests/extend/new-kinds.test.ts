import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checksDocument } from '../../scripts/checks-document.js';
import { makeNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';
import { buildExtended } from './extended.js';

let extended: ReturnType<typeof buildExtended>;
beforeAll(() => {
  extended = buildExtended();
}, 120_000);
afterAll(() => extended?.remove());

function run(cwd: string, ...args: string[]) {
  const env = { PATH: process.env.PATH, HOME: cwd, OBN_SECRET: SECRET, NO_COLOR: '1' };
  const program = join(extended.root, 'bin/obn.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

const PIGEON = { send: { transport: 'pigeon' }, pigeon: { loft: 'tower' } };
const CELLAR = { ledger: 'cellar:kept.db' };

describe('a transport that is one file and one entry in its table', () => {
  it('has its name and its settings in obn.yaml, the JSON Schema and the help', () => {
    const { root } = makeNewsletter({}, { config: { ...PIGEON, pigeon: { lift: 'x' } } });
    const { properties } = JSON.parse(run(root, 'schema', 'config').stdout);
    expect(properties.send.properties.transport.enum).toEqual(['pigeon', 'outbox', 'ses', 'smtp']);
    expect(properties.pigeon.properties.loft).toMatchObject({ type: 'string', default: 'roof' });
    expect(run(root, 'send', '--help').stdout).toMatch(/--transport <name>\s+pigeon, outbox, ses, smtp/);
    const check = run(root, 'check');
    expect([check.code, check.stdout + check.stderr]).toEqual([
      1,
      expect.stringContaining('unknown key "lift"; did you mean "loft"?'),
    ]);
    const other = run(root, 'send', '1', '--transport', 'pigoen');
    expect(other.code).toBe(2);
    const made = makeNewsletter({ 'obn.yaml': null });
    run(made.root, 'init', 'news', '--yes');
    expect(made.read('news/obn.yaml')).toContain('pigeon, ses, and smtp send.');
  });

  it('sends to readers, and the record and the doctor know it', () => {
    const { root } = makeNewsletter({}, { config: PIGEON });
    const sent = run(root, 'send', '1', '--yes', '--json');
    expect([sent.code, JSON.parse(sent.stdout)]).toMatchObject([
      1,
      { deliveries: { accepted: 4, rejected: 1 } },
    ]);
    expect(sent.stderr).toContain('near the tower');
    expect(run(root, 'status', '1').stdout).toContain('through pigeon');
    const doctor = JSON.parse(run(root, 'doctor', '--offline', '--json').stdout);
    const names = doctor.checks.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['configuration', 'ledger', 'dns/spf', 'dns/dkim']));
    expect(names.filter((name: string) => /^(ses|smtp)\//.test(name))).toEqual([]);
  });
});

describe('a ledger that is one file and one entry in its table', () => {
  it('keeps what was sent, and no output goes over its file', () => {
    const { root, path } = makeNewsletter({}, { config: { ...PIGEON, ...CELLAR } });
    expect(run(root, 'send', '1', '--yes').code).toBe(1);
    expect([existsSync(path('kept.db')), existsSync(path('.obn/ledger.db'))]).toEqual([true, false]);
    const again = run(root, 'send', '1', '--yes', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ deliveries: { accepted: 4, rejected: 1 } });
    const over = run(root, 'status', '1', '--report', 'kept.db');
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('it is the ledger')]);
  });

  it('is listed in the error for an invalid ledger address', () => {
    const { root } = makeNewsletter();
    const { stderr } = run(root, 'send', '1', '--ledger', 'attic:x');
    expect(stderr).toContain('use the form cellar:… or sqlite:… or postgres://…');
  });
});

describe('a rule that is one file and one entry in its table', () => {
  it('finds, can be switched off, and is in the documentation', async () => {
    const found = makeNewsletter({}, { config: { subject: 'Llamas' } });
    expect(run(found.root, 'check').stdout).toContain('warning fake/llama llamas again');
    const off = { off: { 'fake/llama': 'we like them' } };
    const silent = makeNewsletter({}, { config: { subject: 'Llamas', check: off } });
    const check = run(silent.root, 'check');
    expect([check.code, check.stdout]).toEqual([0, expect.not.stringContaining('llama')]);
    const { newsletterRules } = await import(join(extended.root, 'dist/check/table.js'));
    expect(checksDocument(newsletterRules, [], [])).toContain('### fake/llama');
  });
});
