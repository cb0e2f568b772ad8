import { isInList } from '../../render/field-visitor.js';
import { positionIn } from '../positions.js';
import type { IssueRule } from '../rule.js';

export const linkDuplicate: IssueRule = {
  name: 'link/duplicate',
  severity: 'warning',
  summary: 'a URL that the text links to more than once',
  remedy: 'remove one of the links, or fix the URL if another page was meant',
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
      // The text may link to the page that an image, a person or a button links to.
      const isText = typeof path.at(-1) === 'string' && (path.at(-1) !== 'url' || isInList(path));
      if (!isText || path.at(-1) === 'href' || personal || !/^https?:/i.test(href) || !URL.canParse(href))
        continue;
      const { page, place } = addressOf(href);
      // Two fragments of a page are different links; a page and a fragment of it are not.
      const earlier = seen.find(
        (one) => one.page === page && (one.place === place || place === '' || one.place === ''),
      );
      if (earlier) yield { at: link, message: `${href} is already linked on line ${earlier.line}` };
      else seen.push({ page, place, line: positionIn(document, link).line });
    }
  },
};

/** The page without its fragment, and the fragment; URL normalizes the spelling. */
function addressOf(href: string): { page: string; place: string } {
  const url = new URL(href);
  const place = url.hash;
  url.hash = '';
  return { page: url.href, place };
}
