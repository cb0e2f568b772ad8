import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findIssueFile, listIssueFiles, openIssue, readAllIssues } from '../../src/issue/store.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';

function place(files: Readonly<Record<string, string | null>> = {}) {
  const { root } = makeNewsletter(files);
  return { root, cwd: root };
}

describe('the issues of a newsletter', () => {
  it('are the files whose names begin with a number, sorted by number', async () => {
    const files = await listIssueFiles(
      place({
        'issues/010-ten.yaml': issueText(10, 'Ten'),
        'issues/9.yml': issueText(9, 'Nine'),
        'issues/notes.yaml': 'x',
        'issues/3-draft.txt': 'x',
        'issues/images/004.yaml': 'x',
      }),
    );
    expect(files.map(({ number, name }) => [number, name])).toEqual([
      [1, join('issues', '001-first.yaml')],
      [2, join('issues', '002-second.yaml')],
      [9, join('issues', '9.yml')],
      [10, join('issues', '010-ten.yaml')],
    ]);
  });

  it('are empty without the folder', async () => {
    const none = place({ 'issues/001-first.yaml': null, 'issues/002-second.yaml': null });
    expect(await listIssueFiles(none)).toEqual([]);
    await expect(findIssueFile(none, '1')).rejects.toMatchObject({
      exitCode: 2,
      message: 'there is no issue 1',
      hint: 'there are no issues yet; `obn new` creates the first',
    });
  });

  it('are all read, including invalid ones', async () => {
    const all = await readAllIssues(place({ 'issues/002-second.yaml': 'titel: x\n' }));
    expect(all.map(({ file, parsed }) => [file.number, 'issue' in parsed])).toEqual([
      [1, true],
      [2, false],
    ]);
  });
});

describe('finding an issue', () => {
  it.each(['2', '002', '#2', 'issues/002-second.yaml', './issues/../issues/002-second.yaml'])(
    'finds the second issue by %s',
    async (wanted) => {
      expect(await findIssueFile(place(), wanted)).toMatchObject({ number: 2 });
    },
  );

  it('accepts a file outside of the folder', async () => {
    const here = place({ 'drafts/007-later.yaml': issueText(7, 'Later') });
    expect(await findIssueFile(here, 'drafts/007-later.yaml')).toMatchObject({
      number: 7,
      name: join('drafts', '007-later.yaml'),
    });
  });

  it('rejects a number that two files have', async () => {
    const here = place({ 'issues/2-again.yaml': issueText(2, 'Again') });
    await expect(findIssueFile(here, '2')).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining('issue 2 has two files'),
    });
  });

  it.each(['7', 'nothing.yaml', 'subscribers.csv', ''])('rejects %j', async (wanted) => {
    await expect(findIssueFile(place(), wanted)).rejects.toMatchObject({
      exitCode: 2,
      hint: expect.stringContaining('issues: 1, 2'),
    });
  });
});

describe('opening an issue', () => {
  it('returns a valid issue', async () => {
    const file = await findIssueFile(place(), '1');
    expect(await openIssue(file)).toMatchObject({ number: 1, title: 'The first one' });
  });

  it('throws every finding of an invalid issue', async () => {
    const here = place({ 'issues/001-first.yaml': 'number: 1\n' });
    await expect(openIssue(await findIssueFile(here, '1'))).rejects.toMatchObject({
      exitCode: 1,
      message: `${join('issues', '001-first.yaml')} has 3 errors`,
      findings: [{ rule: 'schema/missing' }, { rule: 'schema/missing' }, { rule: 'schema/missing' }],
    });
  });
});
