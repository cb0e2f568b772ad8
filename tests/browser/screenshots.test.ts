import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { browserProgram } from '../support/browser.js';
import { obn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';

const ARGS = ['preview', '1', '--screenshots', 'pictures', '--json'];

async function withBrowser(files: Readonly<Record<string, string>> = {}) {
  const newsletter = makeNewsletter(files);
  const program = newsletter.path('browser.sh');
  newsletter.write('browser.sh', await browserProgram());
  chmodSync(program, 0o755);
  return { ...newsletter, take: () => obn(newsletter.root, ARGS, { env: { CHROME_PATH: program } }) };
}

describe('screenshots', () => {
  it('are taken of email and page, for both devices and color schemes', async () => {
    const { take, path } = await withBrowser();
    const { code, json } = await take();
    expect(code).toBe(0);
    const names = readdirSync(path('pictures'));
    expect(
      json<{ files: string[] }>()
        .files.map((file) => file.replace('pictures/', ''))
        .sort(),
    ).toEqual(names);
    expect(names).toHaveLength(10);
  });

  it('are not taken of an issue that cannot be rendered, and the problem is reported', async () => {
    const broken = 'number: 1\ntitle: One\ndate: 2026-01-01\nsections:\n  - type: stroy\n';
    const { take, path } = await withBrowser({ 'issues/001-first.yaml': broken });
    const { code, stderr } = await take();
    expect([code, stderr]).toEqual([1, expect.stringMatching(/001-first\.yaml:5:11[\s\S]*stroy/)]);
    expect(existsSync(path('pictures'))).toBe(false);
  });
});
