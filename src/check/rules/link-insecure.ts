import type { IssueRule } from '../rule.js';

export const linkInsecure: IssueRule = {
  name: 'link/insecure',
  severity: 'warning',
  summary: 'a link with http://',
  remedy: 'write https:// if the site has it, as nearly all do; mail programs warn of the other',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      See [the paper](http://papers.example.org/one).\n',
    at: 'http://papers',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](https://papers.example.org/one).\n',
  },
  *check({ rendered }) {
    for (const link of rendered.outline.links) {
      if (!/^http:/i.test(link.href)) continue;
      yield { at: link, message: `${link.href} is not encrypted` };
    }
  },
};
