import type { IssueRule } from '../rule.js';

export const fileNumber: IssueRule = {
  name: 'issue/file-number',
  severity: 'error',
  summary: 'a number that is not the one in the name of the file',
  remedy: 'change one of them: the file is found by its name, the deliveries by the number',
  bad: { issue: 'number: 7', at: 'number: 7' },
  good: { issue: 'number: 1' },
  *check({ issue: { number, document }, fileNumber }) {
    if (number === fileNumber) return;
    yield {
      at: document.at(['number']),
      message: `the issue has the number ${number}, its file ${fileNumber}`,
    };
  },
};
