import type { IssueRule } from '../rule.js';

export const linkTracking: IssueRule = {
  name: 'link/tracking',
  severity: 'warning',
  summary: 'a tracking parameter that occurs twice in a URL',
  remedy: 'remove one of them; tracking.utm in obn.yaml can add utm parameters to every link',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [it](https://papers.example.org/?utm_source=a&utm_source=b).\n',
    at: 'utm_source=b',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [it all](https://papers.example.org/?utm_source=a&utm_medium=b).\n',
  },
  *check({ rendered }) {
    for (const link of rendered.outline.links) {
      if (!URL.canParse(link.href)) continue;
      const names = [...new URL(link.href).searchParams.keys()].filter((name) => TRACKING.test(name));
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice === undefined) continue;
      yield { at: link, message: `"${twice}" occurs twice in this URL` };
    }
  },
};

const TRACKING = /^(utm_\w+|fbclid|gclid|mc_[ce]id|ref)$/i;
