import type { IssueRule } from '../rule.js';

export const imageAlt: IssueRule = {
  name: 'image/alt',
  severity: 'error',
  summary: 'an image without alt text',
  remedy: 'say in a sentence what the image shows: many readers block images, and some cannot see them',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Look: ![](https://pictures.example.org/chart.png)\n',
    at: 'Look:',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Look: ![Costs fall by half in May](https://pictures.example.org/chart.png)\n',
  },
  *check({ rendered }) {
    for (const picture of rendered.outline.pictures) {
      if (picture.alt === undefined || picture.alt.trim() !== '') continue;
      yield { at: picture, message: 'this image has no alt text' };
    }
  },
};
