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
  *check({ issue: { document }, rendered }) {
    for (const { path, source, nth, href } of rendered.outline.links) {
      if (!/^http:/i.test(href)) continue;
      yield { at: document.within(path, source, nth), message: `${href} is not encrypted` };
    }
  },
};
