import type { Issue } from '../../issue/issue.js';
import type { Link } from '../../render/outline.js';
import type { IssueRule, Problem } from '../rule.js';
import { valueAt } from '../value-at.js';

/** Texts that say nothing out of context, as in a screen reader's list of links. */
const GENERIC = [
  /^(please )?(click|tap|press)( (on|the|this|it|here|below|link|button|now))*$/,
  /^((see|read|look|more|go|right|over|out) )*(here|this|that|it)( now| today)?$/,
  /^((the|this|my|our) )?(link|article|post|page|website|site|info|information|details)$|^this one$/,
  /^((read|learn|see|view|show|find out|discover) )?more( (about (it|this)|info|information|details|here|now))?$/,
  /^((read|continue|keep) )?(on|reading)$/,
];

/** The field beside a URL that contains the text of its link. */
const FIELDS = ['label', 'cta', 'title'];

export const linkText: IssueRule = {
  name: 'link/text',
  severity: 'warning',
  summary: 'a link whose text does not say where it leads',
  remedy: 'name the page in the text: [Yan Cui on cold starts](…) instead of [here](…)',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      Read it [here](https://papers.example.org/one).\n',
    at: '[here]',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Read [the paper](https://papers.example.org/one).\n',
  },
  *check({ issue, rendered }) {
    for (const link of rendered.outline.links) {
      const { at, text } = wordsOf(link, issue);
      if (text === undefined) continue;
      if (text.trim() === '') yield { at, message: 'this link has no text' };
      else if (isGeneric(text)) yield { at, message: `the link text "${text}" does not say where it leads` };
    }
  },
};

function wordsOf(link: Link, issue: Issue): { at: Problem['at']; text: string | undefined } {
  if (link.text !== undefined) return { at: link, text: link.text };
  const paths = FIELDS.map((field) => [...link.path.slice(0, -1), field]);
  const path = paths.find((one) => typeof valueAt(issue, one) === 'string');
  return path
    ? { at: issue.document.at(path), text: String(valueAt(issue, path)) }
    : { at: link, text: undefined };
}

function isGeneric(text: string): boolean {
  const words = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return words === '' || GENERIC.some((generic) => generic.test(words));
}
