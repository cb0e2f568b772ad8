import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderFrom } from '../render/issues.js';
import { obn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';

const ROOT = new URL('../..', import.meta.url).pathname;

it.each([1, 2, 3])('the templates that the build has compiled make the same of issue %i', async (number) => {
  const out = makeNewsletter().root;
  await obn(ROOT, ['render', String(number), '--out', out]);
  const { mjml, web } = await renderFrom(ROOT, number);
  expect(readFileSync(join(out, 'email.mjml'), 'utf8')).toBe(mjml);
  expect(readFileSync(join(out, 'web.html'), 'utf8')).toBe(web);
});
