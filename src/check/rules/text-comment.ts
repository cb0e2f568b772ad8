import type { SourceDocument } from '../../document/document.js';
import type { IssueRule, NewsletterRule, Problem } from '../rule.js';

const shared = {
  remedy: 'put the text in quotes: in YAML, # after a space begins a comment',
} as const;

export const textComment: IssueRule = {
  name: 'text/comment',
  severity: 'error',
  summary: 'text without quotes that ends where " #" begins a comment',
  ...shared,
  bad: { issue: 'subject: Issue #1 is out\n', at: 'subject: Issue #1 is out' },
  good: { issue: 'subject: "Issue #1 is out" # the first of the year\n' },
  check: ({ issue: { document } }) => problemsIn(document),
};

export const configComment: NewsletterRule = {
  name: 'config/comment',
  severity: 'warning',
  summary: 'text without quotes in obn.yaml that ends where " #" begins a comment',
  ...shared,
  bad: { config: 'subject: Issue #{{issue.number}} is out\n', at: 'subject: Issue #' },
  good: { config: 'subject: "Issue #{{issue.number}} is out"\n' },
  check: ({ newsletter: { document } }) => problemsIn(document),
};

function* problemsIn(document: SourceDocument): Generator<Problem> {
  for (const { position, lost, hint } of document.cuts) {
    yield { at: position, message: `YAML reads "${lost}" as a comment, so it is not in the text`, hint };
  }
}
