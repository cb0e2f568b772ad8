import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';

/** Links, bold words, code. */
const MARKDOWN = /!?\[[^\]]+\]\([^)]+\)|(\*\*|__)(?=\S)(?:(?!\1).)*\S\1|`[^`]+`/;

export const textMarkdown: IssueRule = {
  name: 'text/markdown',
  severity: 'warning',
  summary: 'Markdown in a plain-text field, where readers see the markup',
  remedy: 'remove the markup: titles, headings and names are plain text',
  bad: {
    issue: 'sections:\n  - type: closing\n    heading: The **end** of it\n    body: Goodbye.\n',
    at: 'heading: The',
  },
  good: { issue: 'sections:\n  - type: closing\n    heading: The end of it\n    body: "**Goodbye**."\n' },
  *check({ issue, rendered }) {
    for (const { kind, text, path } of passagesOf(issue, rendered)) {
      const match = kind === 'text' && MARKDOWN.exec(text);
      if (!match) continue;
      yield {
        at: { path, offset: match.index },
        message: `this field is plain text, so readers see "${match[0]}"`,
      };
    }
  },
};
