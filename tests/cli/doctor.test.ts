import { describe, expect, it } from 'vitest';
import { healthyWorld } from '../doctor/world.js';
import type { ObnResult } from '../support/cli.js';
import { obn } from '../support/cli-here.js';
import { clockAt } from '../support/moved-clock.js';
import { makeNewsletter } from '../support/newsletter.js';

interface Document {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly checks: { name: string; state: string; message: string; remedy: string | null }[];
}
const failedOf = (result: ObnResult) =>
  result.json<Document>().checks.flatMap(({ name, state }) => (state === 'failed' ? [name] : []));

describe('obn doctor', () => {
  it('passes every check of a healthy newsletter', async () => {
    const { newsletter, names, env } = await healthyWorld();
    const text = await obn(newsletter.root, ['doctor', '--dns', names.address], { env });
    expect([text.code, text.stderr]).toEqual([0, '']);
    expect(text.stdout).toMatch(/^✓ {2}node {2,}Node\.js \d+/);
    expect(text.stdout).toMatch(/✓ {2}dns\/dkim {2,}weekly\.example\.com has all keys \(3\)/);
    expect(text.stdout.trimEnd()).toMatch(/\n19 passed, 0 failed, 0 skipped$/);
    const json = await obn(newsletter.root, ['doctor', '--json'], {
      env: { ...env, OBN_DNS: names.address },
    });
    expect(json.json()).toMatchObject({ passed: 19, failed: 0, skipped: 0 });
  });

  it('reports each failure with its remedy, and exits with 1', async () => {
    const { newsletter, names, ses, env } = await healthyWorld();
    newsletter.write(
      '.obn/ledger.db',
      'this is no ledger, and long enough to be looked at as if it were one',
    );
    newsletter.write('obn.yaml', newsletter.read('obn.yaml').replace(/^ {2}address: .*\n/m, ''));
    ses.account.productionAccess = false;
    const old = encodeURIComponent("Object.defineProperty(process, 'version', { value: 'v18.20.0' })");
    const moved = clockAt(new Date(Date.now() + 3_600_000).toISOString());
    const options = `${moved.NODE_OPTIONS} --import=data:text/javascript,${old}`;
    const broken = { ...env, ...moved, NODE_OPTIONS: options };
    const { code, stdout } = await obn(newsletter.root, ['doctor', '--dns', names.address], { env: broken });
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /✗ {2}node .*18\.20\.0, but obn needs 20\.19 or newer\n {4}install a newer version/,
    );
    expect(stdout).toMatch(/✗ {2}configuration .*obn\.yaml:\d+:\d+ newsletter\.address is missing\n {4}\S/);
    expect(stdout).toMatch(/✗ {2}clock .* seconds ahead of 127\.0\.0\.1/);
    expect(stdout).toMatch(/✗ {2}ledger .*it is not a ledger\n {4}\S/);
    expect(stdout).toMatch(/✗ {2}ses\/sandbox/);
  });

  it('runs the possible checks when obn.yaml is missing or invalid', async () => {
    const { root, write } = makeNewsletter({ 'obn.yaml': 'newsletter: { name: X }\ncolour: red\n' });
    const invalid = await obn(root, ['doctor', '--json']);
    expect([invalid.code, failedOf(invalid)]).toEqual([1, ['configuration']]);
    expect(invalid.json<Document>().checks[1]?.message).toMatch(/obn\.yaml:2:1 unknown key "colour"/);
    write('sub/x', '');
    const nowhere = await obn('/', ['doctor', '--json']);
    expect([nowhere.code, failedOf(nowhere)]).toEqual([1, ['configuration']]);
  });

  it('checks the outbox without a provider, and makes no requests with --offline', async () => {
    const { root } = makeNewsletter();
    const { code, json } = await obn(root, ['doctor', '--offline', '--json']);
    expect(code).toBe(0);
    expect(json<Document>().checks.map(({ name, state }) => `${name} ${state}`)).toEqual([
      ...['node passed', 'configuration passed', 'clock skipped', 'ledger passed', 'confirmed skipped'],
      'files passed',
      ...['dns/dmarc skipped', 'unsubscribe skipped'],
    ]);
  });

  it('takes no --dns that is no address', async () => {
    const { code, stderr } = await obn(makeNewsletter().root, ['doctor', '--dns', 'nowhere']);
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/"nowhere" is not the address of a name server/),
    ]);
  });
});
