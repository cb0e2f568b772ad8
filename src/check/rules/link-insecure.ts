import { isPublicHost } from '../public-host.js';
import type { IssueRule } from '../rule.js';

export const linkInsecure: IssueRule = {
  name: 'link/insecure',
  severity: 'warning',
  summary: 'a link or a picture with http://',
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
    const { links, pictures } = rendered.outline;
    for (const at of [...links, ...pictures]) {
      const address = 'href' in at ? at.href : at.src;
      // That an address leads nowhere at all is said of it elsewhere.
      if (!/^http:/i.test(address) || !URL.canParse(address) || !isPublicHost(new URL(address).hostname))
        continue;
      yield { at, message: `${address} is not encrypted` };
    }
  },
};
