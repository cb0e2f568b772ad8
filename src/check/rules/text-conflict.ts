import type { Issue } from '../../issue/issue.js';
import type { Passage } from '../../render/outline.js';
import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';
import { valueAt } from '../value-at.js';

/** Markdown reads the first line of a conflict as part of a paragraph, and the last one as a quotation. */
const BEGINS = /(?:^|\s)<{7} \S+/;
const ENDS = /^\s*>{7} /;
/** The line between the two sides, unless it makes the line above it a heading. */
const MIDDLE = /^={7}$/;

export const textConflict: IssueRule = {
  name: 'text/conflict',
  severity: 'error',
  summary: 'a line of a merge conflict (`<<<<<<<`, `>>>>>>>`) in the text',
  remedy: 'keep one of the two sides and delete these lines; to show a conflict, put it in a code block',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      <<<<<<< HEAD\n      Hello.\n      >>>>>>> feature\n',
    at: '<<<<<<< HEAD',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      ```\n      <<<<<<< HEAD\n      >>>>>>> feature\n      ```\n',
  },
  *check({ issue, rendered }) {
    const found = new Set<string>();
    for (const passage of passagesOf(issue, rendered)) {
      const field = JSON.stringify([passage.path, passage.snippet]);
      if (
        found.has(field) ||
        !(BEGINS.test(passage.text) || MIDDLE.test(passage.text) || ENDS.test(lineOf(passage, issue)))
      )
        continue;
      found.add(field);
      yield { at: passage, message: 'readers would see a Git merge conflict' };
    }
  },
};

/** The line of the field on which a passage begins. */
function lineOf({ path, offset, snippet }: Passage, issue: Issue): string {
  if (snippet !== undefined) return '';
  const source = String(valueAt(issue, path));
  const start = source.lastIndexOf('\n', offset - 1) + 1;
  return source.slice(start).split('\n', 1)[0] ?? '';
}
