import { expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';

const FILES = { 'issues/003 third.yaml': issueText(3, 'The third one') };
const FOUND = /issues\/003 third\.yaml:1:1 error issue\/file-name .*\n.*rename it to issues\/003-third\.yaml/;

it.each([['check'], ['list'], ['archive'], ['send', '--due', '--yes']])(
  'obn %s names a file that it does not read as an issue',
  async (...args) => {
    const { root } = makeNewsletter(FILES);
    const { code, stdout, stderr } = await obn(root, args);
    expect(stdout + stderr).toMatch(FOUND);
    expect(code).toBe(args[0] === 'check' ? 1 : 0);
  },
);

it('stops reporting a file once it is ignored on purpose', async () => {
  const { root } = makeNewsletter(FILES, { config: { check: { off: { 'issue/file-name': 'ideas' } } } });
  for (const args of [['check'], ['list']]) {
    const { code, stdout, stderr } = await obn(root, args);
    expect(stdout + stderr).not.toContain('003 third');
    expect(code).toBe(0);
  }
});
