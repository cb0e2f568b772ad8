import type { IssueRule } from '../rule.js';

const DEEP = 101;

export const textLimit: IssueRule = {
  name: 'text/limit',
  severity: 'error',
  summary: 'text that is too long with its snippets, or lists and quotations that are nested too deep',
  remedy: 'split the text, or include fewer snippets: the limits are 200,000 characters and 100 levels',
  bad: {
    issue: `sections:\n  - type: intro\n    body: |\n      ${'> '.repeat(DEEP)}quoted\n`,
    at: '> > > >',
  },
  good: { issue: 'sections:\n  - type: intro\n    body: |\n      > > > quoted\n' },
  *check({ rendered }) {
    for (const { rule, source, message, ...at } of rendered.problems) {
      if (rule === 'text/limit') yield { at, message: `${source} ${message}` };
    }
  },
};
