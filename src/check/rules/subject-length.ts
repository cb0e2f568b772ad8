import { lettersOf } from '../../render/segments.js';
import type { IssueRule } from '../rule.js';
import { subjectPlace } from '../subject.js';

const MAX = 60;

export const subjectLength: IssueRule = {
  name: 'subject/length',
  severity: 'warning',
  summary: `a subject with more than ${MAX} characters`,
  remedy: 'put the main thing in the first 40 characters: a phone shows no more',
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
