import { excerpt } from '../excerpt.js';
import type { IssueRule } from '../rule.js';

export const linkUnread: IssueRule = {
  name: 'link/unread',
  severity: 'error',
  summary: 'a link, an image or a footnote that is not valid Markdown, so readers see the brackets',
  remedy:
    'check for a missing bracket, for spaces in the URL (put it between < and >), and for javascript: or data:',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](https://papers.example.org/a b).\n',
    at: '[the paper]',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](<https://papers.example.org/a b>), or `[text](address)`.\n',
  },
  *check({ rendered }) {
    for (const flaw of rendered.outline.flaws) {
      if (flaw.kind !== 'unread') continue;
      const what = flaw.text.startsWith('!') ? 'image' : 'link';
      const message = `this ${what} is not valid Markdown, so readers see ${excerpt(flaw.text)}`;
      yield { at: flaw, message, ...(flaw.hint === undefined ? {} : { hint: flaw.hint }) };
    }
  },
};
