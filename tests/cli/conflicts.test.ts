import { describe, expect, it } from 'vitest';
import { readApprovals } from '../../src/delivery/approval-file.js';
import { obn } from '../support/cli-here.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';

const SIDES = '<<<<<<< HEAD\nnew\n=======\nold\n>>>>>>> feature/x\n';
const LIST =
  'email,first_name\n<<<<<<< HEAD\nada@example.com,Ada\n=======\nada@example.com,A.\n>>>>>>> feature\n';

async function check(files: Readonly<Record<string, string>>) {
  const { root } = makeNewsletter(files);
  const { code, stdout, stderr } = await obn(root, ['check', '1']);
  return { code, text: stdout + stderr };
}

describe('a merge conflict', () => {
  it.each([
    ['an issue', 'issues/001-first.yaml', `${issueText(1, 'One')}${SIDES}`, 16],
    ['a snippet', 'snippets/tip.md', `Tip\n\n${SIDES}`, 3],
    ['a template', 'templates/sections/signoff/text.txt.hbs', SIDES, 1],
    ['obn.yaml', 'obn.yaml', SIDES, 1],
    ['the list', 'subscribers.csv', LIST, 2],
  ])('in %s is one error at its line', async (_, file, text, line) => {
    const { code, text: output } = await check({ [file]: text });
    expect(output.match(/unresolved git merge conflict/g)).toHaveLength(1);
    expect(output).toContain(`${file}:${line}:1`);
    expect(output).toContain('keep one of the two versions');
    expect(code).toBeGreaterThan(0);
  });

  it('in the list stops a send, and the list stays unchanged', async () => {
    const newsletter = makeNewsletter({ 'subscribers.csv': LIST });
    const send = await obn(newsletter.root, ['send', '1', '--yes']);
    expect(send.stderr).toContain('subscribers.csv:2:1 unresolved git merge conflict');
    const add = await obn(newsletter.root, ['subscribers', 'add', 'new@example.com']);
    expect(add.stderr).toContain('subscribers.csv:2:1 unresolved git merge conflict');
    expect(newsletter.read('subscribers.csv')).toBe(LIST);
  });

  it('in an approval file is an error', async () => {
    const { root } = makeNewsletter({ 'approvals/001.txt': SIDES });
    await expect(readApprovals({ root, cwd: root }, 1)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/001\.txt:1:1 unresolved git merge conflict$/),
    });
  });

  it('leaves a heading underlined with = alone', async () => {
    const { code, text } = await check({ 'snippets/tip.md': 'Heading\n=======\n\nText.\n' });
    expect(text).not.toContain('conflict');
    expect(code).toBe(0);
  });
});
