import type { IssueRule } from '../rule.js';

/** Texts that say nothing where they are read by themselves, as in the list of links of a screen reader. */
const GENERIC =
  /^(click )?(here|this|that|link|more|read( it| on)?|read more|learn more|see more|go|details|info|website|article|post|page|this (link|article|post|page|one))$/i;

export const linkText: IssueRule = {
  name: 'link/text',
  severity: 'warning',
  summary: 'a link whose text does not say where it leads',
  remedy: 'let the words name what is behind it: [Yan Cui on cold starts](…) instead of [here](…)',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      Read it [here](https://papers.example.org/one).\n',
    at: '[here]',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      Read [the paper](https://papers.example.org/one).\n',
  },
  *check({ rendered }) {
    for (const link of rendered.outline.links) {
      const { text } = link;
      if (text === undefined) continue;
      const words = text.replace(/[^a-z ]+/gi, '').trim();
      if (text.trim() === '') yield { at: link, message: 'this link has no text' };
      else if (GENERIC.test(words))
        yield { at: link, message: `the link text "${text}" does not say where it leads` };
    }
  },
};
