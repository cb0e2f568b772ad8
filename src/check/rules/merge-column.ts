import { KNOWN_COLUMNS } from '../../audience/subscriber.js';
import { didYouMean } from '../../findings/nearest.js';
import { UNSUBSCRIBE_SLOT } from '../../message/compiled.js';
import type { IssueRule } from '../rule.js';

export const mergeColumn: IssueRule = {
  name: 'merge/column',
  severity: 'error',
  needs: 'columns',
  summary: 'a merge field that matches no column of the list',
  remedy: 'fix its name, or add the column to the list',
  bad: { issue: 'preheader: Good morning {{frist_name}}', at: 'frist_name' },
  good: { issue: 'preheader: Good morning {{default first_name "everybody"}}' },
  *check({ rendered, columns = [] }) {
    const known = [...new Set([...KNOWN_COLUMNS, ...columns, UNSUBSCRIBE_SLOT])];
    for (const use of rendered.uses) {
      const { source, field } = use;
      if (known.includes(field.name)) continue;
      const message = `${source} matches no column of the list${didYouMean(field.name, known)}`;
      const hint = `the columns are ${columns.join(', ')}`;
      yield { at: use, message, hint };
    }
  },
};
