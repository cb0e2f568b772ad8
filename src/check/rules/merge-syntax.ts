import type { IssueRule } from '../rule.js';

export const mergeSyntax: IssueRule = {
  name: 'merge/syntax',
  severity: 'error',
  summary: 'an invalid merge field, one of another program, or a snippet that does not exist',
  remedy: 'write {{field}}, {{default field "text"}} or {{> snippet}}; put literal braces in backticks',
  bad: { issue: 'preheader: Good morning {{first name}}', at: '{{first name}}' },
  good: { issue: 'preheader: Good morning {{default first_name "everybody"}}' },
  *check({ rendered }) {
    for (const problem of rendered.problems) {
      if (problem.rule !== undefined) continue;
      const { source, message, hint } = problem;
      yield { at: problem, message: `${source} ${message}`, ...(hint === undefined ? {} : { hint }) };
    }
  },
};
