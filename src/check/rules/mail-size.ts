import type { IssueRule } from '../rule.js';

/** Gmail shows the first 102 kB of the HTML part and hides the rest, with the footer, behind a link. */
const ERROR_BYTES = 100_000;
const WARNING_BYTES = 90_000;
/** What the fields of a reader may add, in bytes. */
const TOKEN_BYTES = 300;

export const mailSize: IssueRule = {
  name: 'mail/size',
  severity: 'warning',
  summary: `an HTML part close to 102 kB, where Gmail cuts it off: a warning from ${WARNING_BYTES / 1000} kB, an error from ${ERROR_BYTES / 1000} kB`,
  remedy: 'shorten the issue; `obn render` shows the size of each section',
  bad: {
    issue: `sections:\n  - type: intro\n    body: |\n${'      One more sentence about queues, and nothing else at all.\n\n'.repeat(1_500)}`,
    at: 'number: 1',
  },
  good: { issue: 'sections:\n  - type: intro\n    body: One sentence about queues.\n' },
  *check({ issue: { document }, final }) {
    const bytes = Buffer.byteLength(final.html) + TOKEN_BYTES;
    if (bytes < WARNING_BYTES) return;
    const message = `the HTML part is ${(bytes / 1000).toFixed(1)} kB, and Gmail cuts it off at 102 kB`;
    yield { at: document.at(['number']), message, severity: bytes < ERROR_BYTES ? 'warning' : 'error' };
  },
};
