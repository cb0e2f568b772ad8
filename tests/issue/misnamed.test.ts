import { describe, expect, it } from 'vitest';
import { misnamedIssueFiles } from '../../src/issue/misnamed.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';

const ISSUE = issueText(7, 'A new hope');

async function misnamed(file: string, text = ISSUE) {
  const { root } = makeNewsletter({ [`issues/${file}`]: text });
  return misnamedIssueFiles({ root, cwd: root });
}

describe('a file that looks like an issue', () => {
  it.each([
    ['007_second.yaml', 'no hyphen follows the number in its name', '007-second.yaml'],
    ['7 third part.yml', 'no hyphen follows the number in its name', '007-third-part.yaml'],
    ['007-fourth.YAML', 'its name does not end with .yaml', '007-fourth.yaml'],
    ['007-five.yaml.txt', 'its name does not end with .yaml', '007-five.yaml'],
    ['007-six.txt', 'its name does not end with .yaml', '007-six.yaml'],
    ['hope.yaml', 'its name does not begin with a number', '007-hope.yaml'],
    ['007', 'its name does not end with .yaml', '007-a-new-hope.yaml'],
    ['2026/007-x.yaml', 'it is in a subfolder of issues/', '007-x.yaml'],
  ])('%s is reported with its correct name', async (file, reason, name) => {
    const found = await misnamed(file);
    expect(found).toEqual([
      {
        name: `issues/${file}`,
        severity: file.includes('/') ? 'warning' : 'error',
        message: `obn does not read this file as an issue: ${reason}`,
        hint: `rename it to issues/${name}`,
      },
    ]);
  });

  it('is recognized by its name when its content is broken', async () => {
    expect(await misnamed('003_x.yaml', '\tnothing')).toHaveLength(1);
  });
});

describe('a file that is not an issue', () => {
  it.each(['007-x.yaml', '9.yml', '.#007-x.yaml', '.007-x.yaml.swp', '007-x.yaml~', '#007-x.yaml#'])(
    '%s is ignored',
    async (file) => {
      expect(await misnamed(file)).toEqual([]);
    },
  );

  it.each(['007-x.yaml.orig', '007_x.yaml.bak', 'notes.md', 'images/x.png', '.drafts/7_x.yaml'])(
    '%s is also ignored',
    async (file) => {
      expect(await misnamed(file)).toEqual([]);
    },
  );

  it.each([
    ['notes.yaml', 'title: Ideas\n'],
    ['notes.txt', 'The sections: one, two\n'],
    ['images/004.yaml', 'x'],
  ])('%s is recognized by its content', async (file, text) => {
    expect(await misnamed(file, text)).toEqual([]);
  });
});
