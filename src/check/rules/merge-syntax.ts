import type { IssueRule } from '../rule.js';

export const mergeSyntax: IssueRule = {
  name: 'merge/syntax',
  severity: 'error',
  summary: 'a merge field that cannot be read, or a snippet that does not exist',
  remedy: 'write {{field}}, {{default field "text"}} or {{> snippet}}; in code spans braces are just text',
  bad: { issue: 'preheader: Good morning {{first name}}', at: '{{first name}}' },
  good: { issue: 'preheader: Good morning {{default first_name "everybody"}}' },
  *check({ issue: { document }, rendered }) {
    for (const { path, source, message } of rendered.problems) {
      yield { at: document.within(path, source), message: `${source} ${message}` };
    }
  },
};
