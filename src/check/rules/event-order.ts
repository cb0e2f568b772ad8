import { eventsOf } from '../../issue/events.js';
import { instantOf } from '../../render/date-view.js';
import type { IssueRule } from '../rule.js';

export const eventOrder: IssueRule = {
  name: 'event/order',
  severity: 'error',
  summary: 'an event that ends before it begins',
  remedy: 'fix one of the two dates',
  bad: {
    issue:
      'sections:\n  - type: events\n    heading: Events\n    items:\n      - title: Workshop\n        starts: 2030-10-02T12:00\n        ends: 2030-10-02T11:00\n',
    at: 'ends: 2030-10-02T11:00',
  },
  good: {
    issue:
      'sections:\n  - type: events\n    heading: Events\n    items:\n      - title: Workshop\n        starts: 2030-10-02T12:00\n        ends: 2030-10-02T13:00\n',
  },
  *check({ issue, newsletter }) {
    const { timezone } = newsletter.config.newsletter;
    for (const { title, starts, ends, path } of eventsOf(issue)) {
      if (ends === undefined || instantOf(ends, timezone, 'end') >= instantOf(starts, timezone)) continue;
      yield { at: issue.document.at([...path, 'ends']), message: `"${title}" ends before it begins` };
    }
  },
};
