import type { IssueRule } from '../rule.js';

export const fileNumber: IssueRule = {
  name: 'issue/file-number',
  severity: 'error',
  summary: 'a number that is not the one in the name of the file',
  *check({ issue, fileNumber }) {
    if (issue.number === fileNumber) return;
    const message = `the issue has the number ${issue.number}, its file ${fileNumber}`;
    yield issue.document.finding(
      this.severity,
      this.name,
      issue.document.at(['number']),
      message,
      'change one of them',
    );
  },
};
