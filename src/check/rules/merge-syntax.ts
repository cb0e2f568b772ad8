import type { IssueRule } from '../rule.js';

/** Conditions and loops of Handlebars and Liquid. */
const OPENS = /^\{\{\s*#|^\{%\s*(?:if|for|unless|case)\b/;
const CLOSES = /^\{\{\s*(?:\/|else\b)|^\{%\s*(?:end|els)/;

export const mergeSyntax: IssueRule = {
  name: 'merge/syntax',
  severity: 'error',
  summary: 'an invalid merge field, one of another program, or a snippet that does not exist',
  remedy: 'write {{field}}, {{default field "text"}} or {{> snippet}}; put literal braces in backticks',
  bad: { issue: 'preheader: Good morning {{first name}}', at: '{{first name}}' },
  good: { issue: 'preheader: Good morning {{default first_name "everybody"}}' },
  *check({ rendered }) {
    const opened = new Set<string>();
    for (const problem of rendered.problems) {
      if (problem.rule !== undefined) continue;
      const field = JSON.stringify(problem.path);
      // The end of a condition is reported where it begins.
      if (CLOSES.test(problem.source) && opened.has(field)) continue;
      if (OPENS.test(problem.source)) opened.add(field);
      const { source, message, hint } = problem;
      yield { at: problem, message: `${source} ${message}`, ...(hint === undefined ? {} : { hint }) };
    }
  },
};
