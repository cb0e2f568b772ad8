import { compareFindings, type Finding } from '../../findings/finding.js';
import type { State } from '../build-state.js';
import { digestOf } from '../digest.js';
import { FEED_ISSUES } from '../feeds/feeds.js';
import type { Illustrations } from '../images/illustrations.js';
import type { PageFacts } from '../issue-facts.js';
import { unread } from '../issue-sources.js';
import type { KnownIssue } from '../known-issues.js';
import type { Publication } from '../publish/publication.js';
import type { IndexedText } from '../search/text.js';
import { assetPath } from '../site-address.js';
import { type Card, issueView, type Setting } from './head.js';
import type { Made, PageJob, PagePicture } from './page-renderer.js';
import type { PageRenderers } from './page-renderers.js';

/** A page of the planned site. */
export interface PlannedPage {
  readonly path: string;
  /** Digest of all of its inputs. */
  readonly key: string;
  readonly number: number;
  /** Input of the page renderer. */
  job(): PageJob;
}

interface PlanOptions {
  readonly setting: Setting;
  /** Digest of the inputs shared by all pages. */
  readonly common: string;
  readonly illustrations: Illustrations;
  readonly cards: readonly Card[];
  /** Logo images, which every page shows. */
  readonly logos: readonly string[];
}

/** Plans the page of each issue. @param issues public issues, newest first */
export function planPages(issues: readonly KnownIssue[], options: PlanOptions): PlannedPage[] {
  const { setting, common, illustrations, cards, logos } = options;
  return issues.map(({ source, facts }, index) => {
    const around = { previous: issues[index + 1]?.facts, next: issues[index - 1]?.facts };
    const site = issueView(setting, facts, around, cards[index]);
    const pictures: Record<string, PagePicture> = {};
    for (const one of [...facts.pictures, ...logos]) {
      pictures[one] = illustrations.pictures.get(one) ?? { url: assetPath(setting.place, one) };
    }
    const { number } = facts;
    const key = digestOf(common, source.digest, site, pictures);
    const feed = index < FEED_ISSUES ? setting.place : undefined;
    const job = () => ({ name: source.name, text: source.text, number, site: { ...site }, pictures, feed });
    return { path: `issues/${number}/index.html`, key, number, job };
  });
}

export interface PagesMade {
  /** Number of rendered pages. */
  readonly count: number;
  /** Search data of those pages, by issue number. */
  readonly indexed: ReadonlyMap<number, IndexedText>;
}

/**
 * Renders new and changed pages and updates the state.
 * @param planned newest first
 * @throws ObnError with every finding if merge fields are invalid
 */
export async function makePages(
  planned: readonly PlannedPage[],
  publication: Publication,
  state: State,
  desks: PageRenderers,
): Promise<PagesMade> {
  const stale = planned.filter((page, index) => !isMade(page, publication, state, index < FEED_ISSUES));
  const byNumber = new Map(planned.map((page) => [page.number, page]));
  const indexed = new Map<number, IndexedText>();
  const findings: Finding[] = [];
  const use = async (made: Made) => {
    if ('findings' in made) {
      findings.push(...made.findings);
      return;
    }
    const page = byNumber.get(made.number);
    if (!page) return;
    const { key } = page;
    await publication.put(page.path, key, made.html);
    state.pages[made.number] = { key, facts: made.facts };
    if (made.content !== undefined) state.contents[made.number] = { key, html: made.content };
    indexed.set(made.number, made.indexed);
  };
  const remade = new Set(stale);
  for (const page of planned) if (!remade.has(page)) publication.keep(page.path);
  await desks.make(
    stale.map((page) => page.job()),
    use,
  );
  // Threads report findings in any order.
  if (findings.length > 0) throw unread(findings.sort(compareFindings));
  forget(state, planned);
  return { count: stale.length, indexed };
}

function isMade(
  { path, key, number }: PlannedPage,
  publication: Publication,
  state: State,
  inFeeds: boolean,
) {
  const known = state.pages[number]?.key === key && publication.has(path, key);
  return known && (!inFeeds || state.contents[number]?.key === key);
}

function forget(state: State, planned: readonly PlannedPage[]): void {
  const numbers = planned.map(({ number }) => String(number));
  const keep = <T>(all: Record<string, T>, wanted: readonly string[]) =>
    Object.fromEntries(Object.entries(all).filter(([number]) => wanted.includes(number)));
  state.pages = keep(state.pages, numbers);
  state.contents = keep(state.contents, numbers.slice(0, FEED_ISSUES));
}

/** Facts of a rendered page. */
export function pageFactsOf(state: State, number: number | undefined): PageFacts | undefined {
  return number === undefined ? undefined : state.pages[number]?.facts;
}
