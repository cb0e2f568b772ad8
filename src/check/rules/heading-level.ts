import type { IssueRule } from '../rule.js';

export const headingLevel: IssueRule = {
  name: 'heading/level',
  severity: 'warning',
  summary: 'a heading within a text that stands above that of its section',
  remedy: 'begin it with ###: the title is the first level, the headings of sections are the second',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      # Hello\n\n      And so on.\n',
    at: '# Hello',
  },
  good: { issue: 'sections:\n  - type: intro\n    body: |\n      ### Hello\n\n      And so on.\n' },
  *check({ issue: { document }, rendered }) {
    for (const { path, source, nth, level } of rendered.outline.headings) {
      if (level >= 3) continue;
      const message = `this heading has level ${level}, as the ${level === 1 ? 'title' : 'sections'}`;
      yield { at: document.within(path, source, nth), message };
    }
  },
};
