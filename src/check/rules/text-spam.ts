import type { IssueRule } from '../rule.js';

/** Wording that filters hold against a mail, as in the published rules of SpamAssassin. */
const PHRASES = [
  /\b100% (free|satisfied|guaranteed|risk[- ]free)\b/i,
  /\b(act|order|buy|call|apply|click) now\b/i,
  /\bclick (here|below) to (buy|order|claim|win)\b/i,
  /\b(dear friend|winner!|you have won|you'?ve been selected|congratulations!)/i,
  /\b(risk[- ]free|no obligation|money[- ]back guarantee|limited time offer|once in a lifetime)\b/i,
  /\b(earn|make) (extra )?(cash|money) (fast|from home)\b/i,
  /\b(viagra|cialis|weight loss|casino|lottery)\b/i,
  /\${3,}|!{3,}/,
  /\b(this is not spam|not junk mail)\b/i,
];

export const textSpam: IssueRule = {
  name: 'text/spam',
  severity: 'warning',
  summary: 'wording that spam filters look for',
  remedy: 'say it in other words, or switch the finding off where it is quoted on purpose',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Our course is on sale.\n\n      Act now, it is 100% free!\n',
    at: 'Act now',
  },
  good: { issue: 'sections:\n  - type: intro\n    body: The course begins on Monday, and costs nothing.\n' },
  *check({ issue: { document } }) {
    for (const [index, line] of document.text.split('\n').entries()) {
      if (/^\s*(#|url:|href:|src:)/.test(line)) continue;
      for (const phrase of PHRASES) {
        const match = phrase.exec(line);
        if (!match) continue;
        const at = { line: index + 1, column: match.index + 1 };
        yield { at, message: `"${match[0]}" is what spam filters look for` };
      }
    }
  },
};
