import type { IssueRule } from '../rule.js';

export const imageAlt: IssueRule = {
  name: 'image/alt',
  severity: 'error',
  summary: 'a picture without a text for those who do not see it',
  remedy: 'say in a sentence what it shows: many readers have pictures blocked, and some cannot see them',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Look: ![](https://pictures.example.org/chart.png)\n',
    at: 'Look:',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Look: ![Costs fall by half in May](https://pictures.example.org/chart.png)\n',
  },
  *check({ issue: { document }, rendered }) {
    for (const { path, source, nth, alt } of rendered.outline.pictures) {
      if (alt === undefined || alt.trim() !== '') continue;
      yield { at: document.within(path, source, nth), message: 'this picture has no alt text' };
    }
  },
};
