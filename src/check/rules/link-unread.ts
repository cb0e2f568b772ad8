import type { IssueRule } from '../rule.js';

export const linkUnread: IssueRule = {
  name: 'link/unread',
  severity: 'error',
  summary: 'a link that Markdown does not take for one, so that readers see its brackets',
  remedy:
    'look for spaces in the address (put it between < and >), a missing bracket, or javascript: and data:',
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
    for (const at of rendered.outline.unread) yield { at, message: 'this link is not read as one' };
  },
};
