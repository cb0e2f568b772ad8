import { isInList } from '../../render/field-visitor.js';
import { positionIn } from '../positions.js';
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
    const seen: { page: string; place: string; line: number }[] = [];
    for (const link of rendered.outline.links) {
      const { path, href, personal } = link;
      // What belongs to a picture, a person or a button may well be told about in the text.
      const isText = typeof path.at(-1) === 'string' && (path.at(-1) !== 'url' || isInList(path));
      if (!isText || path.at(-1) === 'href' || personal || !/^https?:/i.test(href) || !URL.canParse(href))
        continue;
      const { page, place } = addressOf(href);
      // Two places on one page are two things; a page and a place on it are not.
      const earlier = seen.find(
        (one) => one.page === page && (one.place === place || place === '' || one.place === ''),
      );
      if (earlier) yield { at: link, message: `${href} is linked on line ${earlier.line} already` };
      else seen.push({ page, place, line: positionIn(document, link).line });
    }
  },
};

/** However it is spelt. */
function addressOf(href: string): { page: string; place: string } {
  const url = new URL(href);
  const place = url.hash;
  url.hash = '';
  return { page: url.href, place };
}
