import { describe, expect, it } from 'vitest';
import { contentDigest, judgeApproval, queryDigest } from '../../src/delivery/approval.js';
import { addApproval, approvalFile, approvalLine, readApprovals } from '../../src/delivery/approval-file.js';
import { message } from '../message/messages.js';
import { makeNewsletter } from '../support/newsletter.js';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const approval = { issue: 3, content: A, audience: A, by: 'Zoë', at: Date.UTC(2026, 0, 2) };
const place = (root: string) => ({ root, cwd: root });

describe('a digest', () => {
  it('of the content changes with the message and with each image', () => {
    const pictures = new Map([['images/a.png', A]]);
    const before = contentDigest(message(), pictures);
    expect(contentDigest(message(), new Map(pictures))).toBe(before);
    expect(contentDigest(message(), new Map([['images/a.png', B]]))).not.toBe(before);
    expect(contentDigest({ ...message(), subject: ['Another'] }, pictures)).not.toBe(before);
  });

  it('of the audience ignores key order, and covers every part of the query', () => {
    const query = { file: 's.csv', segment: { name: 'aws', query: { tags: 'aws', city: 'x' } } };
    const same = { segment: { query: { city: 'x', tags: 'aws' }, name: 'aws' }, file: 's.csv' };
    expect(queryDigest(same)).toBe(queryDigest(query));
    const others = [
      { file: 't.csv', segment: query.segment },
      { file: 's.csv' },
      { file: 's.csv', segment: { name: 'aws', query: { tags: 'aws' } } },
      { ...query, ledger: true },
    ];
    for (const other of others) expect(queryDigest(other)).not.toBe(queryDigest(query));
  });
});

describe('an approval', () => {
  it('is valid if one of several approvals matches', () => {
    const now = { content: A, audience: A };
    expect(judgeApproval([], now)).toEqual({ kind: 'missing' });
    const later = { ...approval, content: B, at: approval.at + 1 };
    expect(judgeApproval([approval, later], now)).toEqual({ kind: 'approved', approval });
  });

  it('names changes since the latest; two partial matches do not count', () => {
    const content = { ...approval, audience: B, at: approval.at - 1 };
    const audience = { ...approval, content: B };
    expect(judgeApproval([content, audience], { content: A, audience: A })).toEqual({
      ...{ kind: 'changed', approval: audience, changed: ['content'] },
    });
    expect(judgeApproval([approval], { content: A, audience: B })).toMatchObject({ changed: ['audience'] });
    expect(judgeApproval([approval], { content: B, audience: B })).toMatchObject({
      changed: ['content', 'audience'],
    });
  });
});

describe('the file of approvals', () => {
  it('is appended, and read unchanged', async () => {
    const { root, read } = makeNewsletter();
    expect(await readApprovals(place(root), 3)).toEqual([]);
    await addApproval(root, approval);
    await addApproval(root, { ...approval, content: B, by: 'Jane\nDoe' });
    expect(await readApprovals(place(root), 3)).toEqual([
      approval,
      { ...approval, content: B, by: 'Jane Doe' },
    ]);
    const [head, ...lines] = read('approvals/003.txt').trimEnd().split('\n');
    expect(head).toMatch(/^# /);
    expect(lines).toHaveLength(2);
    expect(approvalFile(root, 3)).toBe(`${root}/approvals/003.txt`);
  });

  it('is read from Windows, and with a last line that has no end', async () => {
    const { root, write } = makeNewsletter();
    write('approvals/003.txt', `# hello\r\n\r\n${approvalLine(approval)}`);
    await addApproval(root, { ...approval, by: 'B' });
    expect((await readApprovals(place(root), 3)).map(({ by }) => by)).toEqual(['Zoë', 'B']);
  });

  it.each(['approved', `2026-13-01T00:00:00Z content:${A} audience:${A} by me`, `content:${A}`])(
    'takes no %s for a yes, and says where it stands',
    async (line) => {
      const { root, write } = makeNewsletter();
      write('approvals/003.txt', `# hello\n${line}\n`);
      await expect(readApprovals(place(root), 3)).rejects.toThrow('approvals/003.txt:2:1 is not an approval');
    },
  );
});
