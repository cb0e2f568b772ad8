import type { IssueRule } from '../rule.js';

/** Gmail shows the first 102 kB of the HTML part, and hides the rest behind a link, the footer with it. */
const ERROR_BYTES = 100_000;
const WARNING_BYTES = 90_000;
/** What the fields of a reader may add. */
const TOKEN_BYTES = 300;

export const mailSize: IssueRule = {
  name: 'mail/size',
  severity: 'warning',
  summary: `an HTML part near the 102 kB at which Gmail cuts: a warning from ${WARNING_BYTES / 1000} kB, an error from ${ERROR_BYTES / 1000} kB`,
  remedy: 'leave some of it to the web page; `obn render` shows how much each section weighs',
  bad: {
    issue: `sections:\n  - type: intro\n    body: |\n${'      One more sentence about queues, and nothing else at all.\n\n'.repeat(1_500)}`,
    at: 'number: 1',
  },
  good: { issue: 'sections:\n  - type: intro\n    body: One sentence about queues.\n' },
  *check({ issue: { document }, final }) {
    const bytes = Buffer.byteLength(final.html) + TOKEN_BYTES;
    if (bytes < WARNING_BYTES) return;
    const message = `the HTML part has ${(bytes / 1000).toFixed(1)} kB, and Gmail cuts it at 102 kB`;
    yield { at: document.at(['number']), message, severity: bytes < ERROR_BYTES ? 'warning' : 'error' };
  },
};
