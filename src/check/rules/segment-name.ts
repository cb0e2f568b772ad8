import { didYouMean } from '../../findings/nearest.js';
import type { IssueRule } from '../rule.js';

export const segmentName: IssueRule = {
  name: 'issue/segment',
  severity: 'error',
  summary: 'a segment that obn.yaml does not describe',
  *check({ issue: { segment, document }, newsletter }) {
    const known = Object.keys(newsletter.config.audience.segments);
    if (segment === undefined || known.includes(segment)) return;
    const message = `there is no segment "${segment}"${didYouMean(segment, known)}`;
    const hint = 'describe it under audience.segments in obn.yaml';
    yield document.finding(this.severity, this.name, document.at(['segment']), message, hint);
  },
};
