import { instantOf } from '../../render/date-view.js';
import type { IssueRule } from '../rule.js';

export const datePast: IssueRule = {
  name: 'issue/date-past',
  severity: 'warning',
  summary: 'a draft whose date is past',
  remedy: 'readers see the date: write the day on which the issue will be sent',
  bad: { issue: 'draft: true\ndate: 2018-09-18', at: 'date:' },
  good: { issue: 'draft: true\ndate: 2200-09-18' },
  *check({ issue: { document, date, draft, send_at }, newsletter, now }) {
    // A time to send says it more exactly, and has a rule of its own.
    if (!draft || send_at !== undefined) return;
    if (instantOf(date, newsletter.config.newsletter.timezone, 'end') >= now) return;
    yield { at: document.at(['date']), message: `${date} is past, and the issue is a draft` };
  },
};
