import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';

/** One pair of typographic quotes around all of it. */
const AROUND = /^(?:“[^“”]*”|„[^“”„]*[“”]|‘[^‘’]*’|«[^«»]*»|[“”][^“”"]*")$/u;

/** Fields for the words of somebody else. */
const QUOTED = new Set<unknown>(['text', 'caption']);

export const textQuotes: IssueRule = {
  name: 'text/quotes',
  severity: 'warning',
  summary:
    'a title or another field of one line in typographic quotes, which YAML takes for a part of the text',
  remedy:
    'delete the quotes, or type straight ones, which YAML removes; if readers are meant to see them, switch this off here',
  bad: { issue: 'title: “The new way”', at: 'title:' },
  good: { issue: 'title: The “new” way' },
  *check({ issue, rendered }) {
    for (const { kind, text, path } of passagesOf(issue, rendered)) {
      if (kind !== 'text' || QUOTED.has(path.at(-1)) || !AROUND.test(text)) continue;
      yield { at: { path, offset: 0 }, message: `readers see the quotes around ${text}` };
    }
  },
};
