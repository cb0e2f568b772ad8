import type { IssueRule } from '../rule.js';
import { valueAt } from '../value-at.js';

/** Words that only say that there is a picture. */
const EMPTY =
  /^(an? |the )?(image|picture|photo|photograph|graphic|icon|logo|screenshot|img|pic|untitled|alt( text)?)\.?$/i;
const FILE_NAME =
  /^[^\s]+\.(png|jpe?g|gif|webp|svg|avif|bmp)$|^(img|dsc|dscn|screenshot|image)[-_ ]?\d[\d_-]*$/i;

export const imageAltWords: IssueRule = {
  name: 'image/alt-words',
  severity: 'warning',
  summary: 'an alt text that is a file name, or only says that there is a picture',
  remedy: 'say what the picture shows, as you would on the telephone',
  bad: {
    issue:
      'sections:\n  - type: image\n    src: https://pictures.example.org/chart.png\n    alt: IMG_2034.png\n',
    at: 'IMG_2034.png',
  },
  good: {
    issue:
      'sections:\n  - type: image\n    src: https://pictures.example.org/chart.png\n    alt: Costs fall by half in May\n',
  },
  *check({ issue, rendered }) {
    const { document } = issue;
    for (const picture of rendered.outline.pictures) {
      const { path, alt } = picture;
      const beside = [...path.slice(0, -1), 'alt'];
      const text = alt ?? valueAt(issue, beside);
      if (typeof text !== 'string' || !(EMPTY.test(text.trim()) || FILE_NAME.test(text.trim()))) continue;
      const at = alt === undefined ? document.at(beside) : picture;
      yield { at, message: `the alt text "${text}" does not say what the picture shows` };
    }
  },
};
