import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';

/** Links, bold words, code. */
const MARKDOWN = /!?\[[^\]]+\]\([^)]+\)|(\*\*|__)(?=\S)(?:(?!\1).)*\S\1|`[^`]+`/;

export const textMarkdown: IssueRule = {
  name: 'text/markdown',
  severity: 'warning',
  summary: 'Markdown in a field of one line, where readers see its signs',
  remedy: 'write the words alone: a title, a heading or a name is plain text, and only texts are Markdown',
  bad: {
    issue: 'sections:\n  - type: closing\n    heading: The **end** of it\n    body: Goodbye.\n',
    at: 'heading: The',
  },
  good: { issue: 'sections:\n  - type: closing\n    heading: The end of it\n    body: "**Goodbye**."\n' },
  *check({ issue, rendered }) {
    for (const { kind, text, path } of passagesOf(issue, rendered)) {
      const match = kind === 'text' && MARKDOWN.exec(text);
      if (!match) continue;
      yield { at: { path, offset: match.index }, message: `"${match[0]}" is shown as it is written` };
    }
  },
};
