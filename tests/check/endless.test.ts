import { expect, it } from 'vitest';
import { cpuPerKilobyte } from '../support/cpu.js';
import { findingsOf, newsletterOf } from './example.js';

it('shows the first findings of a rule and says that there are more', async () => {
  const body = ']('.repeat(15_000);
  const newsletter = newsletterOf({ issue: `sections: [{ type: intro, body: ${JSON.stringify(body)} }]\n` });
  const work = async () => {
    const found = (await findingsOf(newsletter)).filter(({ rule }) => rule === 'link/unread');
    expect(found).toHaveLength(201);
    expect(found.at(-1)?.message).toBe('only the first 200 findings of this rule are shown');
  };
  expect(await cpuPerKilobyte(body.length, work)).toBeLessThan(150);
});
