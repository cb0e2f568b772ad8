import { join } from 'node:path';
import { exists } from '../../platform/files.js';
import type { IssueRule } from '../rule.js';

export const imageFile: IssueRule = {
  name: 'image/file',
  severity: 'error',
  summary: 'a picture whose file does not exist',
  *check({ issue, newsletter, rendered }) {
    for (const { path, source } of rendered.pictures) {
      if (/^https?:/.test(source) || exists(join(newsletter.root, 'issues', source))) continue;
      const message = `there is no picture issues/${source}`;
      yield issue.document.finding(this.severity, this.name, issue.document.within(path, source), message);
    }
  },
};
