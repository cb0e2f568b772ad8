import type { NewsletterRule } from '../rule.js';

export const numberTwice: NewsletterRule = {
  name: 'issue/number-twice',
  severity: 'error',
  summary: 'two issues with the same number',
  *check({ issues }) {
    for (const [index, { number, document }] of issues.entries()) {
      const earlier = issues.slice(0, index).find((other) => other.number === number);
      if (!earlier) continue;
      const message = `the number ${number} is also that of ${earlier.document.file}`;
      yield document.finding(
        this.severity,
        this.name,
        document.at(['number']),
        message,
        'renumber one of them',
      );
    }
  },
};
