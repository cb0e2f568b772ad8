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
  *check({ issue: { document }, rendered }) {
    for (const { path, source, nth, href } of rendered.outline.links) {
      if (!URL.canParse(href)) continue;
      const names = [...new URL(href).searchParams.keys()].filter((name) => TRACKING.test(name));
      const twice = names.find((name, index) => names.indexOf(name) !== index);
      if (twice === undefined) continue;
      yield { at: document.within(path, source, nth), message: `"${twice}" stands in this address twice` };
    }
  },
};

const TRACKING = /^(utm_\w+|fbclid|gclid|mc_[ce]id|ref)$/i;
