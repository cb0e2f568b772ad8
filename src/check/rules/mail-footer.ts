import { issueUrl } from '../../render/links.js';
import type { IssueRule, Problem } from '../rule.js';

export const mailFooter: IssueRule = {
  name: 'mail/footer',
  severity: 'error',
  summary: 'a part of the mail without the postal address, the unsubscribe link, or the link to the web page',
  remedy:
    'let your own layout show newsletter.address, unsubscribe_url and issue.url: readers and the law ask for them',
  bad: {
    files: { 'templates/layout/text.txt.hbs': '{{issue.title}}\n\n{{sections}}\n' },
    at: 'number: 1',
  },
  good: {},
  *check({ issue: { document, number }, newsletter: { config }, final, message }) {
    const { address, url } = config.newsletter;
    const at = document.at(['number']);
    const wanted: [what: string, texts: readonly string[]][] = [
      ['the link to the web page', [issueUrl(url, number)]],
    ];
    if (address) wanted.push(['the postal address', address.split('\n').map((line) => line.trim())]);
    if (message.unsubscribeUrl) wanted.push(['the unsubscribe link', [message.unsubscribeUrl]]);
    for (const [part, text] of [
      ['HTML', plain(final.html)],
      ['text', final.text],
    ] as const) {
      for (const [what, lines] of wanted) {
        if (lines.every((line) => text.includes(line))) continue;
        yield { at, message: `the ${part} part lacks ${what}` } satisfies Problem;
      }
    }
  },
};

/** HTML with its characters as they are read. */
function plain(html: string): string {
  const names: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    '#x27': "'",
    '#x3D': '=',
  };
  return html.replace(/&(#?\w+);/g, (entity, name: string) => names[name] ?? entity);
}
