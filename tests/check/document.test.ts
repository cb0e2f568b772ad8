import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checksDocument } from '../../scripts/checks-document.js';
import { networkRules } from '../../src/check/network-rules.js';
import { readings } from '../../src/check/readings.js';
import { issueRules, newsletterRules } from '../../src/check/table.js';

it('docs/checks.md matches the rules (npm run docs writes it)', () => {
  const document = readFileSync('docs/checks.md', 'utf8');
  expect(document).toBe(checksDocument([...issueRules, ...newsletterRules], networkRules, readings));
});
