import type { Issue } from '../../issue/issue.js';
import type { NewsletterRule } from '../rule.js';

export const numberOrder: NewsletterRule = {
  name: 'issue/order',
  severity: 'warning',
  summary: 'an issue dated before the issue with the previous number',
  remedy: 'fix the date or the number: the archive and the feeds use both',
  bad: { files: { 'issues/002-next.yaml': 'number: 2\ndate: 2001-01-01' }, at: 'date: 2001-01-01' },
  good: { files: { 'issues/002-next.yaml': 'number: 2\ndate: 2200-01-01' } },
  *check({ issues }) {
    let before: Issue | undefined;
    for (const issue of issues.toSorted((a, b) => a.number - b.number)) {
      if (before && issue.date < before.date) {
        const message = `#${issue.number} is dated ${issue.date}, before #${before.number} (${before.date})`;
        yield { in: issue.document, at: issue.document.at(['date']), message };
      }
      before = issue;
    }
  },
};
