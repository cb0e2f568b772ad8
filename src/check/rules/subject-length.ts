import { lettersOf } from '../../render/segments.js';
import type { IssueRule } from '../rule.js';
import { subjectPlace } from '../subject.js';

const MAX = 60;

export const subjectLength: IssueRule = {
  name: 'subject/length',
  severity: 'warning',
  summary: `a subject of more than ${MAX} characters`,
  remedy: 'say the main thing in the first 40: that is what a phone shows',
  bad: {
    issue: 'subject: Everything that we have learned this week about queues, topics, streams and buses',
    at: 'subject:',
  },
  good: { issue: 'subject: What queues, topics and streams are good for' },
  *check({ issue, final, newsletter }) {
    const length = lettersOf(final.subject).length;
    if (length <= MAX) return;
    const message = `the subject has ${length} characters: ${final.subject}`;
    yield { ...subjectPlace({ issue, newsletter }), message };
  },
};
