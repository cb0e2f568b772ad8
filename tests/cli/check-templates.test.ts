import { expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';

const BROKEN = {
  'templates/sections/signoff/email.mjml.hbs': '<mj-section>\n  <mj-colum></mj-colum>\n</mj-section>\n',
  'issues/003-third.yaml': 'number: 3\n',
};

it('a broken template keeps nothing else from being found', async () => {
  const { root } = makeNewsletter(BROKEN, { config: { theme: { logo: 'images/gone.png' } } });
  const { code, stdout, stderr } = await obn(root, ['check']);
  expect(stdout).toMatch(/^obn\.yaml:\d+:\d+ error theme\/logo /m);
  expect(stdout).toMatch(/^issues\/003-third\.yaml:1:1 error schema\/missing /m);
  expect(
    stdout.match(/^templates\/sections\/signoff\/email\.mjml\.hbs:2:1 error template\/broken .*mj-colum/gm),
  ).toHaveLength(1);
  expect(stderr).not.toMatch(/error:/);
  expect(code).toBe(1);
});

it('a broken template is an error of the issues that use it', async () => {
  const { root } = makeNewsletter(BROKEN);
  const { code, stderr } = await obn(root, ['send', '1']);
  expect(stderr).toMatch(/signoff\/email\.mjml\.hbs:2:1 produces invalid MJML: .*mj-colum/);
  expect(code).toBe(3);
});
