import { isPublicHost } from '../public-host.js';
import type { IssueRule } from '../rule.js';

export const linkInsecure: IssueRule = {
  name: 'link/insecure',
  severity: 'warning',
  summary: 'a link or an image with http://',
  remedy: 'write https:// if the site supports it, as nearly all do: email clients warn about http://',
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
      // link/address and image/reach report URLs that lead nowhere.
      if (!/^http:/i.test(address) || !URL.canParse(address) || !isPublicHost(new URL(address).hostname))
        continue;
      yield { at, message: `${address} is not encrypted` };
    }
  },
};
