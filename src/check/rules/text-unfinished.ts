import { findInPassages } from '../find-in-passages.js';
import { passagesOf } from '../passages.js';
import type { IssueRule } from '../rule.js';

const WHAT = 'link|url|text|image|name|title|date|headline|heading|quote|number|description|intro|summary';

/** Notes of an author to himself. Words in capitals are found as they are written here. */
const NOTES: readonly RegExp[] = [
  /(?<![\p{L}\p{N}_-])((?:TODO|TBD|TBC|TBA|FIXME|XXX|TK|TKTK)(?![\p{L}\p{N}_-]))/gu,
  /\b(lorem ipsum)\b/gi,
  new RegExp(`(\\[?\\b(?:insert|add|put|enter)(?: (?:an?|the|your))? (?:${WHAT})s? here\\b\\]?)`, 'gi'),
  new RegExp(`(\\b(?:${WHAT})s? goes here\\b)`, 'gi'),
  new RegExp(`((?<!\\[)\\[(?:(?:insert|add|your|enter) [^\\]\\n]{1,40}|${WHAT})\\])`, 'gi'),
];

export const textUnfinished: IssueRule = {
  name: 'text/unfinished',
  severity: 'warning',
  summary: 'a note such as TODO, TBD, FIXME, XXX, "lorem ipsum" or "insert link here" in a text',
  remedy: 'write what is missing; keep a note for yourself in a YAML line that begins with #',
  bad: { issue: 'sections:\n  - type: intro\n    body: |\n      Hello. TODO: ask Bob.\n', at: 'TODO' },
  good: {
    issue:
      'sections:\n  - type: intro\n    # TODO: ask Bob\n    body: |\n      My to-do list, and a `TODO` in code.\n',
  },
  *check({ issue, rendered }) {
    const passages = passagesOf(issue, rendered);
    for (const pattern of NOTES) {
      for (const { at, text } of findInPassages(passages, issue, pattern)) {
        yield { at, message: `"${text}" seems to be a note to yourself, and readers would see it` };
      }
    }
  },
};
