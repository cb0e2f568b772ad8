import { misnamedIssueFiles } from '../../issue/misnamed.js';
import type { NewsletterRule } from '../rule.js';

export const fileName: NewsletterRule = {
  name: 'issue/file-name',
  severity: 'error',
  summary: 'a file in issues/ that looks like an issue but is not named like one; a warning in a subfolder',
  remedy: 'name it after the issue number, a hyphen and a few words, such as 003-a-title.yaml',
  bad: { files: { 'issues/002_second.yaml': 'number: 2\n' }, at: 'number: 2' },
  good: { files: { 'issues/002-second.yaml': 'number: 2\n', 'issues/002-second.yaml.orig': 'number: 2\n' } },
  async *check({ newsletter }) {
    for (const { name, ...problem } of await misnamedIssueFiles(newsletter)) {
      yield { in: { file: name }, at: { line: 1, column: 1 }, ...problem };
    }
  },
};
