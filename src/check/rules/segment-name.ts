import { didYouMean } from '../../findings/nearest.js';
import type { IssueRule } from '../rule.js';

export const segmentName: IssueRule = {
  name: 'issue/segment',
  severity: 'error',
  summary: 'a segment that obn.yaml does not describe',
  remedy: 'describe it under audience.segments in obn.yaml',
  bad: {
    issue: 'segment: asw',
    config: 'audience: { segments: { aws: { tags: aws } } }',
    at: 'segment: asw',
  },
  good: { issue: 'segment: aws', config: 'audience: { segments: { aws: { tags: aws } } }' },
  *check({ issue: { segment, document }, newsletter }) {
    const known = Object.keys(newsletter.config.audience.segments);
    if (segment === undefined || known.includes(segment)) return;
    const message = `there is no segment "${segment}"${didYouMean(segment, known)}`;
    yield { at: document.at(['segment']), message };
  },
};
