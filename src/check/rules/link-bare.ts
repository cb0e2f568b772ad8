import type { SourceLocation } from '../../render/source-offset.js';
import type { Flaw } from '../../render/text-findings.js';
import type { IssueRule } from '../rule.js';

export const linkBare: IssueRule = {
  name: 'link/bare',
  severity: 'warning',
  summary: 'a long URL as the text of a link',
  remedy: 'name the page instead: [the title of the page](https://…). Screen readers spell the URL out',
  bad: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See https://papers.example.org/2018/09/one-of-them.html today.\n',
    at: 'https://papers',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the paper](https://papers.example.org/2018/09/one-of-them.html) today, or https://example.org/.\n',
  },
  *check({ rendered }) {
    const { flaws, links } = rendered.outline;
    for (const link of links) {
      if (!/^https?:\/\/[^/]+\/[^/]+/i.test(link.text?.trim() ?? '')) continue;
      // The URL of a broken link or of a tag is reported with that.
      if (flaws.some((flaw) => contains(flaw, link))) continue;
      yield { at: link, message: 'the text of this link is its URL' };
    }
  },
};

/** Room for the line breaks and spaces that an excerpt of a flaw does not have. */
const SPACES = 20;

function contains({ kind, text, offset, path }: Flaw & SourceLocation, link: SourceLocation): boolean {
  if (kind !== 'unread' && kind !== 'html') return false;
  const distance = link.offset - offset;
  return (
    distance >= 0 && distance < text.length + SPACES && JSON.stringify(path) === JSON.stringify(link.path)
  );
}
