import { UNSUBSCRIBE_SLOT } from '../../message/compiled.js';
import { fillText } from '../../render/fill.js';
import { issueUrl } from '../../render/links.js';
import type { IssueRule, Problem } from '../rule.js';
import { visibleTextIn } from '../visible-text.js';

export const mailFooter: IssueRule = {
  name: 'mail/footer',
  severity: 'error',
  summary:
    'an HTML or text part without the postal address, the unsubscribe link or the link to the web page',
  remedy:
    'show newsletter.address, unsubscribe_url and issue.url in your layout: readers expect them, and the law requires an address and an unsubscribe link',
  bad: {
    files: { 'templates/layout/text.txt.hbs': '{{issue.title}}\n\n{{sections}}\n' },
    at: 'number: 1',
  },
  good: {},
  *check({ issue: { document, number }, newsletter: { config }, rendered, final, message }) {
    const { address, url } = config.newsletter;
    const at = document.at(['number']);
    // The sections do not count: the layout must contain these.
    const layout = rendered.parts.filter(({ name }) => LAYOUT.has(name)).flatMap(({ html }) => html);
    const { text, links } = visibleTextIn(fillText(layout, { [UNSUBSCRIBE_SLOT]: message.unsubscribeUrl }));
    const plain = final.text.replace(/\s+/g, ' ');
    for (const [part, words, addresses] of [
      ['HTML', text, links],
      ['text', plain, plain.match(/https?:\/\/\S+/gi) ?? []],
    ] as const) {
      const lacking = lackingIn(words, addresses, {
        address,
        page: issueUrl(url, number),
        unsubscribe: message.unsubscribeUrl,
      });
      for (const what of lacking) yield { at, message: `the ${part} part lacks ${what}` } satisfies Problem;
    }
  },
};

const LAYOUT = new Set(['masthead', 'footer', 'body']);

interface Wanted {
  readonly page: string;
  readonly address: string | undefined;
  readonly unsubscribe: string | undefined;
}

function lackingIn(words: string, links: readonly string[], wanted: Wanted): string[] {
  const { page, address = '', unsubscribe } = wanted;
  const lines = address.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  const leadsTo = (start: string) => links.some((link) => link.startsWith(start));
  return [
    ...(links.includes(page) ? [] : ['the link to the web page']),
    ...(lines.every((line) => words.includes(line)) ? [] : ['the postal address']),
    ...(unsubscribe === undefined || leadsTo(unsubscribe) ? [] : ['the unsubscribe link']),
  ];
}
