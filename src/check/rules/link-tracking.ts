import type { IssueRule } from '../rule.js';

export const linkTracking: IssueRule = {
  name: 'link/tracking',
  severity: 'warning',
  summary: 'a tracking parameter that stands in an address twice',
  remedy: 'leave one of them; utm tags are added by tracking.utm in obn.yaml',
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
      yield { at: link, message: `"${twice}" stands in this address twice` };
    }
  },
};

const TRACKING = /^(utm_\w+|fbclid|gclid|mc_[ce]id|ref)$/i;
