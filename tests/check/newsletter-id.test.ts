import { expect, it } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { findingsOf, newsletterOf } from './example.js';

const BLOCK = 'newsletter:\n    name: Weekly\n    url: https://w.example\n    address: Weekly, Street 1\n';
const FLOW = 'newsletter: { name: Weekly, url: "https://w.example", address: "Weekly, Street 1" }\n';

async function found(config: string) {
  const folder = newsletterOf({ config });
  const { newsletter } = (await openNewsletter(folder.root, {})).config;
  const findings = (await findingsOf(folder)).filter(({ rule }) => rule === 'newsletter/id');
  return { folder, id: newsletter.id, findings };
}

it.each([
  ['a block', BLOCK, 2, 5, 'add the line "    id: weekly.w.example" above line 2 of obn.yaml'],
  ['braces', FLOW, 1, 13, 'add "id: weekly.w.example, " after the "{" (obn.yaml:1)'],
])('says how to pin the id when the mapping is %s', async (_, config, line, column, hint) => {
  const { findings } = await found(config);
  expect(findings).toMatchObject([{ file: 'obn.yaml', line, column, severity: 'warning', hint }]);
});

it('reports nothing once the line was added, and the id is the same', async () => {
  const before = await found(BLOCK);
  const [, line = ''] = /"(.*)"/.exec(before.findings[0]?.hint ?? '') ?? [];
  const after = await found(BLOCK.replace('\n', `\n${line}\n`));
  expect([after.findings, after.id]).toEqual([[], before.id]);
});

it('does not ask to pin an id that is not a valid List-ID', async () => {
  const { findings } = await found(BLOCK.replace('https://w.example', 'http://[::1]'));
  expect(findings).toEqual([]);
});
