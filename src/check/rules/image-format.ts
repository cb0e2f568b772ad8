import { formatProblem } from '../picture.js';
import type { IssueRule } from '../rule.js';

export const imageFormat: IssueRule = {
  name: 'image/format',
  severity: 'warning',
  summary: 'an image in a format that a major email client does not show, such as SVG or WebP',
  remedy: 'convert it to PNG, JPEG or GIF',
  bad: {
    issue:
      'sections:\n  - type: image\n    src: https://pictures.example.org/chart.svg\n    alt: Costs fall by half in May\n',
    at: 'chart.svg',
  },
  good: {
    issue:
      'sections:\n  - type: image\n    src: https://pictures.example.org/chart.png\n    alt: Costs fall by half in May\n',
  },
  *check({ rendered }) {
    for (const picture of rendered.outline.pictures) {
      const message = formatProblem(picture.src, picture.file);
      if (message !== undefined) yield { at: picture, message };
    }
  },
};
