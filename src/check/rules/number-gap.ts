import { numberOfFile } from '../../issue/store.js';
import type { NewsletterRule } from '../rule.js';

export const numberGap: NewsletterRule = {
  name: 'issue/gap',
  severity: 'warning',
  summary: 'a gap in the issue numbers',
  remedy: 'renumber the issue, or give the reason: # obn-ignore issue/gap: …',
  bad: { files: { 'issues/004-next.yaml': 'number: 4' }, at: 'number: 4' },
  good: { files: { 'issues/002-next.yaml': 'number: 2' } },
  *check({ issues, numbers }) {
    for (const { number, document } of issues) {
      // An issue that has not the number of its file is reported for that.
      if (numberOfFile(document.file) !== number) continue;
      const before = Math.max(...numbers.filter((other) => other < number));
      if (before === Number.NEGATIVE_INFINITY || number - before <= 1) continue;
      const missing = number - before === 2 ? `#${before + 1} is` : `#${before + 1} to #${number - 1} are`;
      yield { in: document, at: document.at(['number']), message: `${missing} missing before #${number}` };
    }
  },
};
