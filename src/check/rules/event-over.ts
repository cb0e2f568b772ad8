import { eventsOf } from '../../issue/events.js';
import { instantOf } from '../../render/date-view.js';
import type { IssueRule } from '../rule.js';

export const eventOver: IssueRule = {
  name: 'event/over',
  severity: 'warning',
  summary: 'an event that is over before the issue is sent',
  remedy: 'remove the event, or fix its date',
  bad: {
    issue:
      'date: 2018-09-18\nsections:\n  - type: events\n    heading: Events\n    items:\n      - title: Summer school\n        starts: 2018-08-01\n',
    at: 'starts: 2018-08-01',
  },
  good: {
    issue:
      'date: 2018-09-18\nsections:\n  - type: events\n    heading: Events\n    items:\n      - title: Autumn school\n        starts: 2018-09-18\n',
  },
  *check({ issue, newsletter }) {
    const { timezone } = newsletter.config.newsletter;
    const out = instantOf(issue.send_at ?? issue.date, timezone);
    for (const { title, starts, ends, path } of eventsOf(issue)) {
      const over = instantOf(ends ?? starts, timezone, 'end');
      if (over >= out) continue;
      const at = issue.document.at([...path, ends === undefined ? 'starts' : 'ends']);
      yield { at, message: `"${title}" is over before this issue is sent` };
    }
  },
};
