import { fileProblem } from '../picture.js';
import type { IssueRule } from '../rule.js';

export const imageFile: IssueRule = {
  name: 'image/file',
  severity: 'error',
  summary: 'an image file that does not exist, is outside issues/, or is not an image',
  remedy: 'put the file in issues/images/, or fix the name (case-sensitive)',
  bad: {
    issue: 'sections:\n  - type: image\n    src: images/gone.png\n    alt: A drawing of two clouds\n',
    at: 'images/gone.png',
  },
  good: {
    issue: 'sections:\n  - type: image\n    src: images/here.png\n    alt: A drawing of two clouds\n',
    pictures: { 'images/here.png': { width: 600, height: 300 } },
  },
  *check({ rendered }) {
    for (const picture of rendered.outline.pictures) {
      const message = fileProblem(picture.src, picture.file);
      if (message !== undefined) yield { at: picture, message };
    }
  },
};
