import { numberOfFile } from '../../issue/store.js';
import type { NewsletterRule } from '../rule.js';

export const numberTwice: NewsletterRule = {
  name: 'issue/number-twice',
  severity: 'error',
  summary: 'two issues with the same number',
  remedy: 'renumber one of them, and rename its file',
  bad: { files: { 'issues/001-again.yaml': 'number: 1' }, at: 'number: 1' },
  good: { files: { 'issues/002-next.yaml': 'number: 2' } },
  *check({ issues }) {
    for (const [index, { number, document }] of issues.entries()) {
      // An issue that has not the number of its file is reported for that.
      if (numberOfFile(document.file) !== number) continue;
      const earlier = issues.slice(0, index).find((other) => other.number === number);
      if (!earlier) continue;
      const message = `the number ${number} is already used in ${earlier.document.file}`;
      yield { in: document, at: document.at(['number']), message };
    }
  },
};
