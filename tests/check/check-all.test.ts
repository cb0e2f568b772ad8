import { describe, expect, it } from 'vitest';
import { checkAll } from '../../src/check/check-all.js';
import { openNewsletter } from '../../src/config/load.js';
import { systemClock } from '../../src/platform/clock.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';

async function check(files: Readonly<Record<string, string>>, wanted: readonly string[]) {
  const { root } = makeNewsletter(files);
  const env = { OBN_SECRET: SECRET };
  return checkAll({ env, clock: systemClock }, await openNewsletter(root, env), wanted);
}

describe('checkAll', () => {
  const broken = issueText(2, 'The second one').replace('Hello', '{{nope}}');

  it('returns what it finds in every issue, by file and line', async () => {
    const first = issueText(1, 'The first one').replace('Hello', '{{nope}}');
    const { findings, issues } = await check(
      { 'issues/001-first.yaml': first, 'issues/002-second.yaml': broken },
      [],
    );
    expect(issues).toBe(2);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ file }) => file)).toEqual(['issues/001-first.yaml', 'issues/002-second.yaml']);
  });

  it('leaves out what is wrong with issues that are not wanted', async () => {
    const { findings } = await check({ 'issues/002-second.yaml': broken }, ['1']);
    expect(findings.filter(({ file }) => file === 'issues/002-second.yaml')).toEqual([]);
  });

  it('asks neither the network nor SpamAssassin unless it is told to', async () => {
    expect(await check({}, [])).not.toHaveProperty('links');
    expect(await check({}, [])).not.toHaveProperty('spam');
  });
});
