import { KNOWN_COLUMNS } from '../../audience/subscriber.js';
import { didYouMean } from '../../findings/nearest.js';
import { UNSUBSCRIBE_SLOT } from '../../message/compiled.js';
import type { IssueRule } from '../rule.js';

export const mergeColumn: IssueRule = {
  name: 'merge/column',
  severity: 'error',
  summary: 'a merge field that no column of the list has',
  *check({ issue: { document }, rendered, columns }) {
    if (!columns) return;
    const known = [...new Set([...KNOWN_COLUMNS, ...columns, UNSUBSCRIBE_SLOT])];
    for (const { path, source, field } of rendered.uses) {
      if (known.includes(field.name)) continue;
      const message = `${source} names no column of the list${didYouMean(field.name, known)}`;
      const hint = `the columns are ${columns.join(', ')}`;
      yield document.finding(this.severity, this.name, document.within(path, source), message, hint);
    }
  },
};
