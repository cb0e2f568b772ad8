import type { IssueRule } from '../rule.js';

export const preheaderRule: IssueRule = {
  name: 'preheader/missing',
  severity: 'warning',
  summary: 'no preheader, or one that only repeats the subject or the title',
  remedy: 'say in one line what else is in the issue: email clients show it beside the subject',
  bad: { issue: 'preheader: The first one', at: 'preheader:' },
  good: { issue: 'preheader: Queues that forget, streams that remember, and a star.' },
  *check({ issue: { document, title, preheader }, final }) {
    const same = (one: string, other: string) => words(one) === words(other);
    if (preheader === undefined) {
      yield { at: document.keyAt(['title']), message: 'the issue has no preheader' };
    } else if (same(preheader, title) || same(preheader, final.subject)) {
      const what = same(preheader, title) ? 'title' : 'subject';
      yield { at: document.at(['preheader']), message: `the preheader repeats the ${what}` };
    }
  },
};

function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
