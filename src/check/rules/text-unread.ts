import type { Passage } from '../../render/outline.js';
import { findInPassages } from '../find-in-passages.js';
import type { IssueRule } from '../rule.js';

/** A way in which Markdown is written that Markdown does not read. */
interface Form {
  /** Its first group is what was written. */
  readonly pattern: RegExp;
  readonly message: string;
  readonly hint: string;
}

const UNSPACED = 'put no space between the signs and the words: **bold**';

/** A new form is a record here. */
const forms: readonly Form[] = [
  {
    pattern: /(?:^|[\s(“"])(\*\*[^\s*][^*]* \*\*)(?=[\s.,;:!?)]|$)/g,
    message: 'Markdown does not read this as bold, because a space precedes the closing **',
    hint: UNSPACED,
  },
  {
    pattern: /(?:^|[\s(])((?:\*\*|__) [^*_]+(?:\*\*|__))/g,
    message: 'Markdown does not read this as bold, because a space follows the opening signs',
    hint: UNSPACED,
  },
  {
    pattern: /(?:^|[\s(“"])((?:\*\*|__|~~)[^\s*_~][^*~]*)$/g,
    message: 'Markdown does not read this as bold or struck out, because it does not end in this paragraph',
    hint: 'write the same signs behind the last word, or a backslash before them if readers are meant to see them',
  },
  {
    pattern: /\S (\*[\p{L}\d][^*]* \*)(?=[\s.,;:!?)]|$)/gu,
    message: 'Markdown does not read this as italic, because a space precedes the closing *',
    hint: 'put no space between the signs and the words: *italic*',
  },
  {
    pattern: /\S ((?:\*(?=\p{L})[^*]*|_(?=\p{L})[^_]*))$/gu,
    message: 'Markdown does not read this as italic, because it does not end in this paragraph',
    hint: 'write the same sign behind the last word, or a backslash before it if readers are meant to see it',
  },
  {
    pattern: /(?:^|[\s(])(`+[^\s`][^`]*)$/g,
    message: 'Markdown does not read this as code, because no backtick ends it in this paragraph',
    hint: 'write the same backticks behind the last word; a block of code has ``` on a line before and after it',
  },
  {
    pattern: /(?:^|\s)([•●▪◦‣·])\s+(?=\S)/g,
    message: 'Markdown does not read this sign as the beginning of a list item',
    hint: 'begin each line with "- "',
  },
  {
    pattern: /^([–—])\s.*\s\1\s/g,
    message: 'Markdown does not read a dash of this length as the beginning of a list item',
    hint: 'begin each line with a hyphen and a space: "- "',
  },
  {
    pattern: /^([-*+]|\d{1,3}[.)]|#{1,6})[\u00a0\u2007\u202f]/g,
    message: 'a no-break space follows, so Markdown does not read this as a list item or a heading',
    hint: 'delete the space and type it again',
  },
  {
    pattern: /^(#{2,6})[\p{L}\p{N}]/gu,
    message: 'Markdown does not read this as a heading, because no space follows the #',
    hint: 'put a space there: ## Heading',
  },
  {
    pattern: /^(\|)(?=.*\|.*\|$)/g,
    message: 'Markdown does not read this as a table',
    hint: 'put a line such as |---|---| below the first row',
  },
];

const OPEN_FENCE = 'no line ends this code block, so everything below it is code';

export const textUnread: IssueRule = {
  name: 'text/unread',
  severity: 'warning',
  summary:
    'bold or italic words, code, a list, a heading or a table that Markdown does not read, so that readers see its signs',
  remedy: 'end the block with a line of the same backticks',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      This is **new ** and good.\n',
    at: '**new **',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      This is **new** and good. 2 * 3 * 4 is 24, and \\*\\*this is not bold.\n',
  },
  *check({ issue, rendered }) {
    for (const flaw of rendered.outline.flaws) {
      if (flaw.kind === 'open-fence') yield { at: flaw, message: OPEN_FENCE };
    }
    const passages = rendered.outline.passages.filter(({ kind }) => kind === 'markdown');
    // Signs that do not match each other would be found by more than one form.
    const seen = new Set<Passage>();
    for (const { pattern, message, hint } of forms) {
      for (const { at, passage } of findInPassages(passages, issue, pattern)) {
        if (!seen.has(passage)) yield { at, message, hint };
        seen.add(passage);
      }
    }
  },
};
