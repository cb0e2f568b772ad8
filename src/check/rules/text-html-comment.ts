import { excerpt } from '../excerpt.js';
import type { IssueRule } from '../rule.js';

export const textHtmlComment: IssueRule = {
  name: 'text/html-comment',
  severity: 'info',
  summary:
    'an HTML comment in the text, which readers do not get; an error for a comment that does not end properly',
  remedy:
    'obn removes HTML comments from the issue; you can also write a comment as a YAML line that begins with #',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      Hello.\n\n      <!-- ask Bob first -->\n',
    at: '<!-- ask Bob',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    # ask Bob first\n    body: |\n      A comment is written `<!-- like this -->`.\n',
  },
  *check({ rendered }) {
    for (const flaw of rendered.outline.flaws) {
      if (flaw.kind === 'comment') yield { at: flaw, message: `readers do not get ${excerpt(flaw.text)}` };
      if (flaw.kind === 'open-comment') yield { at: flaw, ...OPEN };
    }
  },
};

const OPEN = {
  severity: 'error',
  message: 'this comment does not end in the same paragraph, list item or quotation, so readers may see it',
  hint: 'end it with -->; a comment with empty lines must begin on a line of its own',
} as const;
