import { invisibleIn } from '../../text/address.js';
import { isPublicHost } from '../public-host.js';
import type { IssueRule } from '../rule.js';

export const linkAddress: IssueRule = {
  name: 'link/address',
  severity: 'error',
  summary:
    'a link that leads nowhere: a relative or incomplete URL, or one with an invisible character; a warning for a private network',
  remedy: 'write the full URL, beginning with https://',
  bad: {
    issue: 'sections:\n  - type: intro\n    body: |\n      See [the first issue](../1/) again.\n',
    at: '(../1/)',
  },
  good: {
    issue:
      'sections:\n  - type: intro\n    body: |\n      See [the first issue](https://weekly.example.com/issues/1/) again.\n',
  },
  *check({ rendered }) {
    for (const flaw of rendered.outline.flaws) {
      if (flaw.kind !== 'address') continue;
      const message = `this URL contains the invisible character ${invisibleIn(flaw.text)}, so the link is broken`;
      yield { at: flaw, message, ...(flaw.hint === undefined ? {} : { hint: flaw.hint }) };
    }
    for (const link of rendered.outline.links) {
      if (link.open) continue;
      const message = problemOf(link.href);
      if (message !== undefined) yield { at: link, message, ...(isMail(link.href) && { hint: MAIL_HINT }) };
      else if (/^https?:/i.test(link.href)) {
        const { hostname } = new URL(link.href);
        if (isPublicHost(hostname)) continue;
        const lost = `${link.href} leads to ${hostname}, which is only reachable on this network`;
        yield { at: link, message: lost, severity: 'warning', hint: HINT };
      }
    }
  },
};

const HINT = 'link to a public address, or put the URL in backticks so that it is not a link';

function problemOf(href: string): string | undefined {
  if (href === '') return 'this link has no URL';
  if (/^tel:./i.test(href)) return undefined;
  if (/^mailto:./i.test(href)) return mailProblem(href);
  const quote = /^[“”„«]|(?:[“”»]|%E2%80%9[CD]|%C2%BB)$/i.test(href);
  if (quote) return `${href} contains a typographic quote, so the link is broken`;
  if (href.startsWith('#')) return `${href} is a link within a page, which does not work in an email`;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(href))
    return `${href} has no https://, so the link goes nowhere in an email`;
  if (!/^https?:/i.test(href)) return `${href} is not a link that email clients open`;
  if (!/^https?:\/\/[^/?#]/i.test(href) || !URL.canParse(href)) return `${href} is not a complete URL`;
  return hostProblem(new URL(href).hostname, href);
}

/** Common typos: a scheme twice, a host without a dot. */
function hostProblem(hostname: string, href: string): string | undefined {
  if (/^https?:\/\/https?[:/]/i.test(href)) return `${href} contains https:// twice`;
  const whole = /[^.]\./.test(hostname) || hostname.startsWith('[') || hostname === 'localhost';
  return whole ? undefined : `${href} leads to "${hostname}", which is not a host on the internet`;
}

const MAIL_HINT = 'write the email address after mailto:, as in mailto:jane@example.com';

function isMail(href: string): boolean {
  return !/^https?:/i.test(href) && /^mail|@/i.test(href);
}

/** Addresses are separated by commas. A link that only fills in the subject and the text has none. */
function mailProblem(href: string): string | undefined {
  const [to = ''] = href.slice('mailto:'.length).split('?');
  const valid =
    to === '' || to.split(',').every((one) => /^[^\s@/]+@[^\s@/]+\.[^\s@/.]+$/.test(decoded(one)));
  return valid ? undefined : `${href} has no valid email address after mailto:`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
