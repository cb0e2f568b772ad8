import { invisibleIn } from '../../text/address.js';
import { isPublicHost } from '../public-host.js';
import type { IssueRule } from '../rule.js';

export const linkAddress: IssueRule = {
  name: 'link/address',
  severity: 'error',
  summary:
    'a link that leads nowhere: a relative one, an invisible character in it, or no address at all; a warning for a private network',
  remedy: 'write the whole address, beginning with https://; a mail has no page that it could be relative to',
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
      const message = `this address contains the invisible character ${invisibleIn(flaw.text)}, so the link is broken`;
      yield { at: flaw, message, ...(flaw.hint === undefined ? {} : { hint: flaw.hint }) };
    }
    for (const link of rendered.outline.links) {
      if (link.open) continue;
      const message = problemOf(link.href);
      if (message !== undefined) yield { at: link, message };
      else if (/^https?:/i.test(link.href)) {
        const { hostname } = new URL(link.href);
        if (isPublicHost(hostname)) continue;
        const lost = `${link.href} leads to ${hostname}, which only this network knows`;
        yield { at: link, message: lost, severity: 'warning', hint: HINT };
      }
    }
  },
};

const HINT =
  'link what readers can reach, or write the address as code, between backticks, so that it is none';

function problemOf(href: string): string | undefined {
  if (href === '') return 'this link has no address';
  if (/^(mailto|tel):./i.test(href)) return undefined;
  if (href.startsWith('#')) return `${href} leads to a place on a page, and a mail is none`;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(href))
    return `${href} is relative, and a mail is nowhere to be relative to`;
  if (!/^https?:/i.test(href)) return `${href} is not an address that a mail program opens`;
  if (!/^https?:\/\/[^/?#]/i.test(href) || !URL.canParse(href)) return `${href} is not a whole address`;
  return hostProblem(new URL(href).hostname, href);
}

/** The usual slips: a scheme twice, a host without a dot. */
function hostProblem(hostname: string, href: string): string | undefined {
  if (/^https?:\/\/https?[:/]/i.test(href)) return `${href} has https:// twice`;
  const whole = hostname.includes('.') || hostname.startsWith('[') || hostname === 'localhost';
  return whole ? undefined : `${href} leads to "${hostname}", which is no host on the Internet`;
}
