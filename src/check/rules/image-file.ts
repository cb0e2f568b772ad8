import { join } from 'node:path';
import { exists } from '../../platform/files.js';
import type { IssueRule } from '../rule.js';

export const imageFile: IssueRule = {
  name: 'image/file',
  severity: 'error',
  summary: 'a picture whose file does not exist',
  *check({ issue, newsletter, rendered }) {
    for (const { path, source, src, nth } of rendered.outline.pictures) {
      if (/^https?:/.test(src) || exists(join(newsletter.root, 'issues', src))) continue;
      const message = `there is no picture issues/${src}`;
      yield issue.document.finding(
        this.severity,
        this.name,
        issue.document.within(path, source, nth),
        message,
      );
    }
  },
};
