import type { IssueRule } from '../rule.js';

export const mergeSyntax: IssueRule = {
  name: 'merge/syntax',
  severity: 'error',
  summary: 'a merge field that cannot be read, or a snippet that does not exist',
  *check({ issue: { document }, rendered }) {
    for (const { path, source, message } of rendered.problems) {
      const position = document.within(path, source);
      yield document.finding(this.severity, this.name, position, `${source} ${message}`);
    }
  },
};
