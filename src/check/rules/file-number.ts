import type { IssueRule } from '../rule.js';

export const fileNumber: IssueRule = {
  name: 'issue/file-number',
  severity: 'error',
  summary: 'an issue number that differs from the number in the file name',
  remedy: 'change one of them: obn finds the file by its name, and deliveries by the number',
  bad: { issue: 'number: 7', at: 'number: 7' },
  good: { issue: 'number: 1' },
  *check({ issue: { number, document }, fileNumber }) {
    if (number === fileNumber) return;
    yield {
      at: document.at(['number']),
      message: `number is ${number}, but the file name says ${fileNumber}`,
    };
  },
};
