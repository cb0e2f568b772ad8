import { KNOWN_COLUMNS } from '../../audience/subscriber.js';
import { didYouMean } from '../../findings/nearest.js';
import { UNSUBSCRIBE_SLOT } from '../../message/compiled.js';
import type { IssueRule } from '../rule.js';

export const mergeColumn: IssueRule = {
  name: 'merge/column',
  severity: 'error',
  summary: 'a merge field that no column of the list has',
  remedy: 'correct its name, or add the column to the list',
  bad: { issue: 'preheader: Good morning {{frist_name}}', at: 'frist_name' },
  good: { issue: 'preheader: Good morning {{default first_name "everybody"}}' },
  *check({ issue: { document }, rendered, columns }) {
    if (!columns) return;
    const known = [...new Set([...KNOWN_COLUMNS, ...columns, UNSUBSCRIBE_SLOT])];
    for (const { path, source, field } of rendered.uses) {
      if (known.includes(field.name)) continue;
      const message = `${source} names no column of the list${didYouMean(field.name, known)}`;
      const hint = `the columns are ${columns.join(', ')}`;
      yield { at: document.within(path, source), message, hint };
    }
  },
};
