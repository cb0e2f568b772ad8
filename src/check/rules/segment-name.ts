import type { IssueRule } from '../rule.js';
import { segmentOf } from '../segment.js';

export const segmentName: IssueRule = {
  name: 'issue/segment',
  severity: 'error',
  summary: 'a segment that obn.yaml does not define, or whose query is invalid',
  remedy: 'define it under audience.segments in obn.yaml',
  bad: {
    issue: 'segment: asw',
    config: 'audience: { segments: { aws: { tags: aws } } }',
    at: 'segment: asw',
  },
  good: { issue: 'segment: aws', config: 'audience: { segments: { aws: { tags: aws } } }' },
  async *check({ issue, newsletter }) {
    const segment = await segmentOf(issue, newsletter);
    if (!('problem' in segment)) return;
    const { message, hint } = segment.problem;
    yield { at: issue.document.at(['segment']), message, ...(hint === undefined ? {} : { hint }) };
  },
};
