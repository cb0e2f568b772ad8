import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { clockAt } from '../support/moved-clock.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const FILE = 'issues/001-first.yaml';
const ISSUE = `${issueText(1, 'One')}send_at: 2026-01-01T09:00\nsegment: aws\n`;
const env = clockAt('2026-01-01T10:00Z');
const DUE = ['send', '--due', '--yes', '--json'];
const BY = ['--by', 'Jane'];

const config = {
  send: { require_approval: true },
  audience: { segments: { aws: { tags: 'aws' } } },
};

const approved = () => makeNewsletter({ [FILE]: ISSUE, 'issues/002-second.yaml': null }, { config });

async function due({ root }: TestNewsletter) {
  const { code, stderr, json } = await obn(root, DUE, { env });
  return { code, stderr, issues: json<{ issue: number }[]>().map(({ issue }) => issue) };
}

describe('an issue that needs an approval', () => {
  it('waits for it, and goes out with it', async () => {
    const newsletter = approved();
    const before = await due(newsletter);
    expect(before).toMatchObject({ code: 1, issues: [] });
    expect(before.stderr).toMatch(/issue #1 is not approved.*obn approve 1/);
    expect((await obn(newsletter.root, ['status', '1'], { env })).stdout).toContain(
      'issue #1 is not approved',
    );
    const approval = await obn(newsletter.root, ['approve', '1', ...BY, '--json'], { env });
    expect(approval.code).toBe(0);
    expect(approval.json()).toMatchObject({ issue: 1, approved: true, by: 'Jane' });
    const after = await due(newsletter);
    expect(after).toMatchObject({ code: 0, issues: [1] });
    expect(after.stderr).toContain('Issue #1 was approved by Jane on 2026-01-01 10:00 UTC; unchanged since');
  });

  it('needs a new approval after a change of its text', async () => {
    const newsletter = approved();
    await obn(newsletter.root, ['approve', '1', ...BY], { env });
    newsletter.write(FILE, ISSUE.replace('a story', 'another story'));
    const end = await due(newsletter);
    expect(end).toMatchObject({ code: 1, issues: [] });
    expect(end.stderr).toMatch(/but the content has changed since;/);
  });

  it('cannot be sent live by hand, and a dry run says so', async () => {
    const ses = await startSesEndpoint();
    const { root } = approved();
    const args = ['send', '1', '--transport', 'ses', '--yes'];
    const live = await obn(root, args, { env: { ...env, ...ses.env } });
    expect([live.code, ses.messages.length]).toEqual([1, 0]);
    const dry = await obn(root, [...args, '--dry-run'], { env: { ...env, ...ses.env } });
    expect(dry.stderr).toContain('Would not send: issue #1 is not approved');
    await obn(root, ['approve', '1', ...BY], { env });
    expect((await obn(root, args, { env: { ...env, ...ses.env } })).code).toBe(0);
    const late = await obn(root, ['approve', '1', ...BY], { env });
    expect([late.code, late.stderr]).toEqual([
      2,
      expect.stringMatching(/the send of issue #1 has already begun/),
    ]);
    const { stdout } = await obn(root, ['approve', '1', '--revoke']);
    expect(stdout).toContain('approval revoked');
  });
});

describe('an approval in git', () => {
  it('is a line beside the issue, that another machine believes', async () => {
    const newsletter = approved();
    const { root, read, path, remove } = newsletter;
    const { code, stdout } = await obn(root, ['approve', '1', '--file', '--by', 'jane-doe'], { env });
    expect([code, stdout]).toEqual([0, expect.stringContaining('jane-doe, in approvals/001.txt')]);
    expect(existsSync(path('.obn/ledger.db'))).toBe(false);
    const line = read('approvals/001.txt');
    remove();
    const clone = makeNewsletter(
      { [FILE]: ISSUE, 'issues/002-second.yaml': null, 'approvals/001.txt': line },
      { config },
    );
    const check = await obn(clone.root, ['approve', '1', '--check', '--json'], { env });
    expect(check.json()).toMatchObject({
      ...{
        approved: true,
        changed: [],
        by: 'jane-doe',
        at: expect.stringMatching(/^2026-01-01T10:00:\d\d\.000Z$/),
      },
    });
    const revoked = await obn(clone.root, ['approve', '1', '--revoke']);
    expect(revoked.stdout).toContain('no approval in the ledger');
    expect(revoked.stderr).toContain('delete its line there');
  });

  it('that cannot be read lets nothing go', async () => {
    const newsletter = approved();
    newsletter.write('approvals/001.txt', 'approved\n');
    const end = await due(newsletter);
    expect(end).toMatchObject({ code: 3, issues: [] });
    expect(end.stderr).toMatch(/approvals\/001\.txt:1:1 is not an approval/);
  });
});

it('records who approved, and refuses a draft', async () => {
  const { root, write } = approved();
  const nobody = await obn(root, ['approve', '1'], { env });
  expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringMatching(/--by/)]);
  write(FILE, `${ISSUE}draft: true\n`);
  const draft = await obn(root, ['approve', '1', ...BY], { env });
  expect([draft.code, draft.stderr]).toEqual([1, expect.stringMatching(/issue #1 is a draft/)]);
});
