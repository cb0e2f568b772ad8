import { excerpt } from '../excerpt.js';
import { findInPassages } from '../find-in-passages.js';
import type { IssueRule } from '../rule.js';

/** A host that begins as the address of a website does. */
const WITHOUT_SCHEME =
  /(?<![\p{L}\p{N}/.@-])(www\.(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[^\s<>()]*[^\s<>().,;:!?])?)/giu;

export const linkUnread: IssueRule = {
  name: 'link/unread',
  severity: 'error',
  summary: 'a link, an image or a footnote that is not valid Markdown, so readers see the brackets',
  remedy:
    'check for a missing bracket, for spaces in the URL (put it between < and >), and for javascript: or data:',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](https://papers.example.org/a b).\n',
    at: '[the paper]',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](<https://papers.example.org/a b>), or `[text](address)`.\n',
  },
  *check({ issue, rendered }) {
    const passages = rendered.outline.passages.filter(({ kind }) => kind === 'markdown');
    for (const { at, text } of findInPassages(passages, issue, WITHOUT_SCHEME)) {
      yield {
        at,
        message: `${text} is not a link, because it has no https://`,
        hint: `write https://${text}`,
      };
    }
    for (const flaw of rendered.outline.flaws) {
      if (flaw.kind !== 'unread') continue;
      const what = flaw.text.startsWith('!') ? 'image' : 'link';
      const message = `this ${what} is not valid Markdown, so readers see ${excerpt(flaw.text)}`;
      yield { at: flaw, message, ...(flaw.hint === undefined ? {} : { hint: flaw.hint }) };
    }
  },
};
