import { join } from 'node:path';
import { exists } from '../../platform/files.js';
import type { IssueRule } from '../rule.js';

export const imageFile: IssueRule = {
  name: 'image/file',
  severity: 'error',
  summary: 'a picture whose file does not exist',
  remedy: 'put the file below issues/, or correct its name; capitals count',
  bad: {
    issue: 'sections:\n  - type: image\n    src: images/gone.png\n    alt: A drawing of two clouds\n',
    at: 'images/gone.png',
  },
  good: {
    issue: 'sections:\n  - type: image\n    src: images/here.png\n    alt: A drawing of two clouds\n',
    pictures: { 'images/here.png': { width: 600, height: 300 } },
  },
  *check({ newsletter, rendered }) {
    for (const picture of rendered.outline.pictures) {
      const { src } = picture;
      if (/^https?:/.test(src) || exists(join(newsletter.root, 'issues', src))) continue;
      yield { at: picture, message: `there is no picture issues/${src}` };
    }
  },
};
