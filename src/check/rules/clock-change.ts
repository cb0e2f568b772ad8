import type { Path } from '../../document/document.js';
import type { Issue } from '../../issue/issue.js';
import { clockChangeAt } from '../../render/date-view.js';
import { visitFields } from '../../render/field-visitor.js';
import type { FieldKind } from '../../templates/fields.js';
import { sectionType } from '../../templates/table.js';
import { zonedTime } from '../../templates/zoned-time.js';
import type { IssueRule } from '../rule.js';

export const clockChange: IssueRule = {
  name: 'time/clock-change',
  severity: 'error',
  summary:
    'a local time that does not exist because clocks go forward; a warning for one that occurs twice because they go back',
  remedy: 'write another time, or add the UTC offset, as in 2026-11-01T01:30-04:00',
  bad: {
    config:
      'newsletter:\n  name: Test Weekly\n  url: https://weekly.example.com\n  timezone: America/New_York\n  address: Test Weekly, 1 Example Street, Exampletown\n',
    issue: 'date: 2200-03-09\nsend_at: 2200-03-09T02:30\n',
    at: 'send_at:',
  },
  good: {
    config:
      'newsletter:\n  name: Test Weekly\n  url: https://weekly.example.com\n  timezone: America/New_York\n  address: Test Weekly, 1 Example Street, Exampletown\n',
    issue: 'date: 2200-03-09\nsend_at: 2200-03-09T03:30\n',
  },
  *check({ issue, newsletter }) {
    const { timezone } = newsletter.config.newsletter;
    for (const { path, time } of timesOf(issue)) {
      const change = clockChangeAt(time, timezone);
      if (change === undefined) continue;
      const at = issue.document.at(path);
      const { local, zone } = zonedTime(time);
      const place = zone ?? timezone;
      const behind = zone === undefined ? '' : `[${zone}]`;
      if (change.kind === 'missing') {
        const message = `${local} does not exist in ${place}: clocks go forward and show ${change.instead} instead`;
        yield { at, message };
      } else {
        const [first, second] = change.offsets;
        const message = `${local} occurs twice in ${place} because clocks go back; obn uses the first`;
        const hint = `add the UTC offset: ${local}${first}${behind} or ${local}${second}${behind}`;
        yield { at, message, hint, severity: 'warning' };
      }
    }
  },
};

/** Every time of day in an issue, with its path. */
function timesOf({ send_at, sections }: Issue): { path: Path; time: string }[] {
  const times = send_at === undefined ? [] : [{ path: ['send_at'] as Path, time: send_at }];
  for (const [index, section] of sections.entries()) {
    const note = (kind: FieldKind, time: string, path: Path) => {
      if (kind === 'moment') times.push({ path, time });
    };
    visitFields(sectionType(section.type).schema, section, note, ['sections', index]);
  }
  return times;
}
