import type { SourceDocument } from '../../document/document.js';
import type { Finding } from '../../findings/finding.js';
import { visible } from '../../findings/visible.js';
import type { Outline } from '../../render/outline.js';
import { positionIn, wordsAt } from '../positions.js';
import { isPublicHost } from '../public-host.js';
import type { Verdict } from './verdict.js';

/** A web address in an issue, and a place that contains it. */
interface Place {
  readonly address: string;
  /** As a reader follows it. */
  readonly href: string;
  readonly at: Finding;
  /** The message about it at this place. */
  words(said: string): string;
}

/** Every web address that the sections of an issue link to or show, with its place. */
export function placesOf({ links, pictures }: Outline, document: SourceDocument): Place[] {
  const all = [
    ...links.filter(({ personal }) => !personal),
    ...pictures.map((picture) => ({ ...picture, href: picture.src })),
  ];
  return all.flatMap((one) => {
    const address = addressOf(one.href);
    if (address === undefined) return [];
    const at = document.finding('warning', 'link/unsure', positionIn(document, one), '');
    return [{ address, href: one.href, at, words: (said: string) => wordsAt(one, said) }];
  });
}

/** The address to request; undefined for mailto:, a link within a page and an invalid address. */
function addressOf(href: string): string | undefined {
  if (!/^https?:\/\/[^/?#]/i.test(href) || !URL.canParse(href)) return undefined;
  const url = new URL(href);
  url.hash = '';
  return url.href;
}

/** Findings about the addresses of an issue. @param verdicts by address */
export function linkFindings(places: readonly Place[], verdicts: ReadonlyMap<string, Verdict>): Finding[] {
  return places.flatMap(({ address, href, at, words }) => {
    const verdict = verdicts.get(address);
    if (!verdict || !('said' in verdict) || isKnown(href, verdict)) return [];
    const { kind, said, remedy: hint } = verdict;
    const severity = kind === 'dead' ? 'error' : 'warning';
    return [{ ...at, severity, rule: `link/${kind}`, message: words(`${visible(href)} ${said}`), hint }];
  });
}

/** Whether a rule finds it without a request: link/address for links, image/reach for images. */
function isKnown(href: string, verdict: Verdict): boolean {
  return isRefused(verdict) && !isPublicHost(new URL(href).hostname);
}

/** Whether a link was not requested, or not followed, because it leads to a private address. */
export function isRefused(verdict: Verdict): boolean {
  return 'cause' in verdict && verdict.cause === 'private';
}

/** With fewer hosts than this, all of them may really be gone. */
const MIN_HOSTS = 3;

/** Whether there seems to be no network at all. */
export function isOffline(verdicts: ReadonlyMap<string, Verdict>): boolean {
  const hosts = new Set([...verdicts.keys()].map((address) => new URL(address).host));
  const unfound = (verdict: Verdict) =>
    'cause' in verdict && (verdict.cause === 'no-host' || verdict.cause === 'no-name-server');
  return hosts.size >= MIN_HOSTS && [...verdicts.values()].every(unfound);
}
