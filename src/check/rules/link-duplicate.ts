import { positionIn } from '../place.js';
import type { IssueRule } from '../rule.js';

export const linkDuplicate: IssueRule = {
  name: 'link/duplicate',
  severity: 'warning',
  summary: 'the same address in the text a second time',
  remedy: 'link it once, where it is told about; or was another address meant here?',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](https://papers.example.org/one).\n\n      And [the other one](https://papers.example.org/one).\n',
    at: 'the other one',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](https://papers.example.org/one).\n\n      And [the other one](https://papers.example.org/two).\n',
  },
  *check({ issue: { document }, rendered }) {
    const seen = new Map<string, number>();
    for (const link of rendered.outline.links) {
      const { path, href } = link;
      // What belongs to a picture, a person or a button may well be told about in the text.
      const isText = typeof path.at(-1) === 'string' && (path.at(-1) !== 'url' || path.includes('items'));
      if (!isText || path.at(-1) === 'href' || !/^https?:/i.test(href)) continue;
      const earlier = seen.get(href);
      if (earlier === undefined) seen.set(href, positionIn(document, link).line);
      else yield { at: link, message: `${href} is linked on line ${earlier} already` };
    }
  },
};
