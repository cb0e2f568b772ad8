import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderFrom } from '../render/issues.js';
import { obn } from '../support/cli-here.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';

const ROOT = new URL('../..', import.meta.url).pathname;

it.each([1, 2, 3])('the templates that the build has compiled make the same of issue %i', async (number) => {
  const out = makeNewsletter().root;
  await obn(ROOT, ['render', String(number), '--out', out]);
  const { mjml, web } = await renderFrom(ROOT, number);
  expect(readFileSync(join(out, 'email.mjml'), 'utf8')).toBe(mjml);
  expect(readFileSync(join(out, 'web.html'), 'utf8')).toBe(web);
});

it('names the fields that the chosen reader lacks', async () => {
  const issue = issueText(1, 'The first one').replace('{{default first_name "there"}}', '{{first_name}}');
  const { root } = makeNewsletter({ 'issues/001-first.yaml': issue });
  const lacking = await obn(root, ['render', '1', '--for', 'reader@example.org']);
  expect(lacking.stderr).toContain('reader@example.org has no "first_name", and the issue has no fallback');
  expect(lacking.code).toBe(0);
  expect((await obn(root, ['render', '1', '--for', 'ada@example.com'])).stderr).not.toContain('has no');
});
