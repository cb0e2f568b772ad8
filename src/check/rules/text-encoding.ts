import { findInPassages } from '../find-in-passages.js';
import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';

/** UTF-8 that was read as Windows-1252, and what stands for a character that was lost. */
const GARBLED =
  /([^\s\ufffd]*(?:\ufffd|Ã[\u0080-\u00bf]|â€[\u0080-\u024f\u2000-\u2122]?|Â[\u00a0-\u00bf])\S*)/g;

export const textEncoding: IssueRule = {
  name: 'text/encoding',
  severity: 'warning',
  summary: 'garbled characters, such as â€™ or Ã©, of a text that was read in the wrong encoding',
  remedy: 'type these characters again; they were garbled when the text was copied or converted',
  bad: { issue: 'sections:\n  - type: intro\n    body: |\n      It wasnâ€™t there.\n', at: 'wasnâ€™t' },
  good: { issue: 'sections:\n  - type: intro\n    body: |\n      It wasn’t there, said André.\n' },
  *check({ issue, rendered }) {
    for (const { at, text } of findInPassages(passagesOf(issue, rendered), issue, GARBLED)) {
      yield { at, message: `"${text}" seems to be garbled` };
    }
  },
};
