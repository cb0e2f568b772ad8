import { describe, expect, it } from 'vitest';
import { approvedParts, verdictOn } from '../../src/campaign/approval.js';
import { compileIssue } from '../../src/campaign/compile.js';
import { openNewsletter } from '../../src/config/load.js';
import type { Approved } from '../../src/delivery/approval.js';
import { findIssueFile } from '../../src/issue/store.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { png } from '../support/picture.js';

const FILE = 'issues/001-first.yaml';
const PICTURE = 'issues/images/a.png';
const IMAGE = '  - { type: image, src: images/a.png, alt: Clouds }\n  - type: signoff';
const ISSUE = `${issueText(1, 'One').replace('  - type: signoff', IMAGE)}segment: aws\nsend_at: 2026-01-01T09:00\n`;
const config = { audience: { segments: { aws: { tags: 'aws' }, other: { tags: 'beginner' } } } };

/** A newsletter, what of it can be approved, and what has changed since it was. */
async function approved() {
  const newsletter = makeNewsletter({ [FILE]: ISSUE, 'issues/002-second.yaml': null }, { config });
  newsletter.write(PICTURE, png(600, 300));
  const before = await partsOf(newsletter);
  const approval = async () => ({ issue: 1, ...before, by: 'Jane', at: 1 });
  const changed = async (options = {}) => {
    const { root } = newsletter;
    const now = await partsOf(newsletter, options);
    const verdict = await verdictOn(await openNewsletter(root, {}), { get: approval }, 1, now);
    return verdict.kind === 'changed' ? verdict.changed : verdict.kind;
  };
  return { ...newsletter, changed };
}

async function partsOf({ root }: TestNewsletter, options = {}): Promise<Approved> {
  const newsletter = await openNewsletter(root, {});
  const compiled = await compileIssue(newsletter, await findIssueFile(newsletter, '1'), Date.UTC(2026, 0, 1));
  return approvedParts(newsletter, compiled, options);
}

type Change = (newsletter: TestNewsletter) => void;
const edit =
  (file: string, from: string, to: string): Change =>
  ({ read, write }) => {
    const text = read(file);
    expect(text).toContain(from);
    write(file, text.replace(from, to));
  };

describe('an approval is worth nothing any more when', () => {
  it.each<readonly [string, Change, readonly string[]]>([
    ['a word is another', edit(FILE, 'a story', 'another story'), ['content']],
    ['the sender is another', edit('obn.yaml', 'Jane Doe', 'Joan Doe'), ['content']],
    ['a picture is another', ({ write }) => write(PICTURE, png(600, 301)), ['content']],
    ['the segment is gone', edit(FILE, 'segment: aws\n', ''), ['audience']],
    [
      'a tag of the segment is one that readers choose',
      ({ read, write }) =>
        write('obn.yaml', `${read('obn.yaml')}serve: { topics: [{ tag: aws, name: AWS }] }\n`),
      ['audience'],
    ],
    ['the query of the segment is another', edit('obn.yaml', 'tags: aws', 'tags: beginner'), ['audience']],
    [
      'the list is another',
      (newsletter) => {
        newsletter.write('other.csv', newsletter.read('subscribers.csv'));
        edit('obn.yaml', 'file: subscribers.csv', 'file: other.csv')(newsletter);
      },
      ['audience'],
    ],
    [
      'word and segment are others',
      (newsletter) => {
        edit(FILE, 'a story', 'another story')(newsletter);
        edit(FILE, 'segment: aws', 'segment: other')(newsletter);
      },
      ['content', 'audience'],
    ],
  ])('%s', async (_name, change, parts) => {
    const newsletter = await approved();
    change(newsletter);
    expect(await newsletter.changed()).toEqual(parts);
  });

  it('a flag asks for other readers', async () => {
    const { changed } = await approved();
    expect(await changed({ segment: 'other' })).toEqual(['audience']);
    expect(await changed({ segment: 'aws' })).toBe('approved');
  });
});

describe('an approval holds when', () => {
  it.each<readonly [string, Change]>([
    ['nothing has changed', () => undefined],
    ['readers come and go', edit('subscribers.csv', 'ada@example.com', 'new@example.com')],
    ['the time is another', edit(FILE, 'T09:00', 'T10:00')],
    ['a comment was written', edit(FILE, 'number: 1', '# a word to myself\nnumber: 1')],
    ['the query is written in another way', edit('obn.yaml', 'tags: aws', '"tags": "aws"')],
    ['another segment is another', edit('obn.yaml', 'tags: beginner', 'tags: other')],
    [
      'the file has the line ends of Windows',
      ({ read, write }) => write(FILE, read(FILE).replaceAll('\n', '\r\n')),
    ],
  ])('%s', async (_name, change) => {
    const newsletter = await approved();
    change(newsletter);
    expect(await newsletter.changed()).toBe('approved');
  });
});
