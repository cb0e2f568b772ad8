import type { Issue } from '../../issue/issue.js';
import type { NewsletterRule } from '../rule.js';

export const preheaderAgain: NewsletterRule = {
  name: 'preheader/again',
  severity: 'warning',
  summary: 'the same preheader as in the previous issue',
  remedy: 'write a preheader for this issue; the old one was probably copied',
  bad: {
    issue: 'preheader: Queues that forget, streams that remember, and a star.',
    files: {
      'issues/002-next.yaml': 'number: 2\npreheader: Queues that forget, streams that remember, and a star.',
    },
    at: 'preheader: Queues',
  },
  good: {
    issue: 'preheader: Queues that forget, streams that remember, and a star.',
    files: {
      'issues/002-next.yaml': 'number: 2\npreheader: One table for everything, and who has tried it.',
    },
  },
  *check({ issues }) {
    let before: Issue | undefined;
    for (const issue of issues.toSorted((a, b) => a.number - b.number)) {
      const { preheader, document } = issue;
      if (preheader !== undefined && preheader === before?.preheader) {
        const message = `same preheader as issue #${before.number}`;
        yield { in: document, at: document.at(['preheader']), message };
      }
      before = issue;
    }
  },
};
