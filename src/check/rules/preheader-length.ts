import { PREHEADER_LENGTH } from '../../issue/preheader.js';
import { lettersOf } from '../../render/segments.js';
import type { IssueRule } from '../rule.js';

const { least, most } = PREHEADER_LENGTH;

export const preheaderLength: IssueRule = {
  name: 'preheader/length',
  severity: 'warning',
  summary: `a preheader with fewer than ${least} or more than ${most} characters`,
  remedy: `write ${least} to ${most} characters about what else is in the issue, the main thing first: a phone shows about half`,
  bad: { issue: 'preheader: News', at: 'preheader: News' },
  good: { issue: 'preheader: Queues that forget, streams that remember, and a star.' },
  *check({ issue: { document, preheader } }) {
    if (preheader === undefined) return;
    const length = lettersOf(preheader.replace(/\{\{[^{}]*\}\}/g, 'somebody')).length;
    if (length >= least && length <= most) return;
    const message = `the preheader has ${length} character${length === 1 ? '' : 's'}`;
    yield { at: document.at(['preheader']), message };
  },
};
