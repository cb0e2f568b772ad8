import { excerpt } from '../excerpt.js';
import type { IssueRule } from '../rule.js';

export const linkUnread: IssueRule = {
  name: 'link/unread',
  severity: 'error',
  summary:
    'a link, an image or a footnote that Markdown does not read as one, so that readers see its brackets',
  remedy:
    'check the address for spaces (put it between < and >), for a missing bracket, and for javascript: or data:',
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
      const message = `Markdown does not read this ${what}, so readers see ${excerpt(flaw.text)}`;
      yield { at: flaw, message, ...(flaw.hint === undefined ? {} : { hint: flaw.hint }) };
    }
  },
};
