import type { Issue } from '../../issue/issue.js';
import type { Passage } from '../../render/outline.js';
import type { SourceLocation } from '../../render/source-offset.js';
import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';
import { valueAt } from '../value-at.js';

/** Wording that spam filters score, as in the published rules of SpamAssassin. */
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
  remedy: 'use other words, or add an obn-ignore comment if the wording is intended',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Our course is on sale.\n\n      Act now, it is 100% free!\n',
    at: 'Act now',
  },
  good: { issue: 'sections:\n  - type: intro\n    body: The course begins on Monday, and costs nothing.\n' },
  *check({ issue, rendered }) {
    for (const passage of passagesOf(issue, rendered)) {
      for (const phrase of PHRASES) {
        const words = phrase.exec(passage.text)?.[0];
        if (words === undefined) continue;
        yield { at: placeOf(words, passage, issue), message: `spam filters look for "${words}"` };
      }
    }
  },
};

const CODE = /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs;

/** The place of words that a line break or Markdown markup may separate. */
function placeOf(words: string, { path, offset, snippet }: Passage, issue: Issue): SourceLocation {
  if (snippet !== undefined) return { path, offset, snippet };
  const parts = words.split(/\s+/).map((part) => part.replace(/[^\p{L}\p{N}]/gu, '\\$&'));
  const source = String(valueAt(issue, path)).replace(CODE, (code) => ' '.repeat(code.length));
  const found = source.slice(offset).search(new RegExp(parts.join('[^\\p{L}\\p{N}]+')));
  return { path, offset: offset + Math.max(0, found) };
}
