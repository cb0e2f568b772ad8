import { instantOf } from '../../render/date-view.js';
import type { IssueRule } from '../rule.js';

const DAY_MS = 24 * 3_600_000;

export const sendAt: IssueRule = {
  name: 'issue/send-at',
  severity: 'warning',
  summary: 'a draft whose send time has passed, or a send time that is not near the date of the issue',
  remedy:
    '`obn send --due` skips drafts, and issues that are later than --grace (24 hours); set another time, or send it by hand',
  bad: { issue: 'draft: true\ndate: 2018-09-18\nsend_at: 2018-09-18T09:00', at: 'send_at:' },
  good: { issue: 'draft: true\ndate: 2200-09-18\nsend_at: 2200-09-18T09:00' },
  *check({ issue: { document, send_at, date, draft }, newsletter, now }) {
    if (send_at === undefined) return;
    const { timezone } = newsletter.config.newsletter;
    const time = instantOf(send_at, timezone);
    const at = document.at(['send_at']);
    if (draft && time < now) yield { at, message: `${send_at} has passed, but the issue is a draft` };
    else if (time < instantOf(date, timezone) - DAY_MS || time > instantOf(date, timezone, 'end') + DAY_MS) {
      yield { at, message: `${send_at} is not near the date of the issue, ${date}` };
    }
  },
};
