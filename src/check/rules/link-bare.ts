import type { IssueRule } from '../rule.js';

export const linkBare: IssueRule = {
  name: 'link/bare',
  severity: 'warning',
  summary: 'a long URL as the text of a link',
  remedy: 'name the page instead: [the title of the page](https://…). Screen readers spell the URL out',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See https://papers.example.org/2018/09/one-of-them.html today.\n',
    at: 'https://papers',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](https://papers.example.org/2018/09/one-of-them.html) today, or https://example.org/.\n',
  },
  *check({ rendered }) {
    for (const link of rendered.outline.links) {
      if (!/^https?:\/\/[^/]+\/[^/]+/i.test(link.text?.trim() ?? '')) continue;
      yield { at: link, message: 'the text of this link is its URL' };
    }
  },
};
