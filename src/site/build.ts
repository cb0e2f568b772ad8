import { join, resolve } from 'node:path';
import type { Newsletter } from '../config/load.js';
import type { Finding } from '../findings/finding.js';
import { issuesFolder, listIssueFiles } from '../issue/store.js';
import { readText } from '../platform/files.js';
import { isOwn } from '../render/pictures.js';
import { readState, type State, writeState } from './build-state.js';
import { type ShareCard, shareCards } from './cards/card.js';
import { digestOf } from './digest.js';
import { FEED_ISSUES, feeds } from './feeds/feeds.js';
import { icon, robots, sitemap } from './feeds/sitemap.js';
import { type Copy, type Illustrations, illustrate } from './images/illustrations.js';
import { digestOfSetting, readSources } from './issue-sources.js';
import { type KnownIssue, knowIssues, nextPublic, publicIssues } from './known-issues.js';
import type { PageOrigin } from './page-origin.js';
import { type Card, localeOf, type Setting } from './pages/head.js';
import { makePages, pageFactsOf, planPages } from './pages/issue-pages.js';
import { listPages } from './pages/list-pages.js';
import { PageRenderers } from './pages/page-renderers.js';
import { holding } from './publish/folder-lock.js';
import { Publication, type Published } from './publish/publication.js';
import { addSearch } from './search/add-search.js';
import { assetPath, type SiteAddress, siteAddress } from './site-address.js';

export interface BuildOptions {
  readonly newsletter: Newsletter;
  /** Absolute path of the site folder. */
  readonly out: string;
  /** Path prefix instead of the path of newsletter.url. */
  readonly base: string | undefined;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Called if another build of the same folder must finish first. */
  readonly waiting: () => void;
}

export interface Built extends Published {
  readonly place: SiteAddress;
  /** Number of public issues. */
  readonly issues: number;
  /** Number of issues that are drafts or not due yet. */
  readonly hidden: number;
  /** Findings in drafts that were left out because they have errors. */
  readonly skipped: readonly Finding[];
  /** Time when the next issue becomes public, in milliseconds since 1970. */
  readonly next: number | undefined;
  /** Source file of each issue page, by path. */
  readonly origins: ReadonlyMap<string, PageOrigin>;
  /** Number of issue pages that were rendered. */
  readonly rendered: number;
  /** Reasons for images that cannot be shown, by source. */
  readonly faulty: ReadonlyMap<string, string>;
  /** Characters missing in the fonts of a share card, by issue number. */
  readonly lacking: ReadonlyMap<number, string>;
}

/**
 * Builds the site with all public issues. Renders only what has changed.
 * @throws ObnError for an invalid issue, template or folder. The existing site is then unchanged.
 */
export async function buildSite(options: BuildOptions): Promise<Built> {
  const { out, waiting } = options;
  return holding(out, waiting, () => buildHeld(options));
}

async function buildHeld(options: BuildOptions): Promise<Built> {
  const { newsletter, out, now } = options;
  const { root, config } = newsletter;
  const place = siteAddress(config, options.base);
  const cache = join(root, '.obn', 'cache', 'archive');
  const desks = new PageRenderers(newsletter);
  const [files, state] = await Promise.all([listIssueFiles(newsletter), readState(cache)]);
  desks.expect(files.length - Object.keys(state.issues).length);
  const [sources, common] = await Promise.all([readSources(files), digestOfSetting(newsletter, place.base)]);
  const { known, skipped } = await knowIssues(sources, common, state, desks);
  const issues = publicIssues(known, now, config.newsletter.timezone);
  const upcoming = known.filter((issue) => !issue.facts.draft && !issues.includes(issue));
  const publication = await Publication.open(out);
  try {
    const setting = { newsletter, place, cache, common, now };
    const build: Build = { ...setting, issues, upcoming, publication, state, desks };
    const { rendered, faulty, lacking } = await fill(build);
    const published = await publication.finish();
    await writeState(cache, state);
    const hidden = sources.length - issues.length;
    const next = nextPublic(known, now, config.newsletter.timezone);
    const origins = new Map(issues.map(({ source, facts }) => [`issues/${facts.number}/index.html`, source]));
    const counts = { issues: issues.length, hidden, rendered };
    return { ...published, ...counts, place, skipped, next, faulty, lacking, origins };
  } finally {
    await publication.abandon();
  }
}

interface Build {
  readonly newsletter: Newsletter;
  readonly place: SiteAddress;
  /** Cache folder. */
  readonly cache: string;
  /** Digest of the inputs shared by all pages. */
  readonly common: string;
  /** Public issues, newest first. */
  readonly issues: readonly KnownIssue[];
  /** Issues whose pages become public later. They may be sent earlier, and their emails need the images. */
  readonly upcoming: readonly KnownIssue[];
  readonly publication: Publication;
  readonly state: State;
  readonly desks: PageRenderers;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** Adds all files of the site to the publication. */
async function fill(build: Build): Promise<Pick<Built, 'rendered' | 'faulty' | 'lacking'>> {
  const { newsletter, place, issues, publication, state, desks, common } = build;
  const { theme } = newsletter.config;
  const logos = [theme.logo, theme.logo_dark].filter((logo) => logo !== undefined);
  const shown = [...new Set([...logos, ...issues.flatMap(({ facts }) => facts.pictures)])];
  const mailed = [...new Set(build.upcoming.flatMap(({ facts }) => facts.pictures))];
  const [illustrations, cards] = await Promise.all([
    illustrate(newsletter, place, { shown, mailed }, join(build.cache, 'pictures')),
    makeCards(build),
  ]);
  const setting = await assets(build, illustrations);
  const planned = planPages(issues, { setting, common, illustrations, cards, logos });
  // This thread processes images while other threads render pages.
  const [made] = await both(
    makePages(planned, publication, state, desks),
    copyAll(publication, [...illustrations.copies, ...cards.map(cardCopy)]),
  );
  await addSearch({ ...build, planned, made });
  await lists(build, setting, illustrations, cards[0]);
  await machines(
    build,
    planned.map(({ key }) => key),
  );
  const lacking = new Map(
    issues.flatMap(({ facts }, index) => {
      const letters = cards[index]?.lacking;
      return letters ? [[facts.number, letters] as const] : [];
    }),
  );
  return { rendered: made.count, faulty: illustrations.faulty, lacking };
}

/** A share card for each issue. */
async function makeCards({ newsletter, issues, cache }: Build): Promise<ShareCard[]> {
  const { config, root } = newsletter;
  const { name } = config.newsletter;
  const texts = issues.map(({ facts: { number, title, date } }) => ({
    newsletter: name,
    number,
    title,
    date,
  }));
  const { logo } = config.theme;
  const file = logo !== undefined && isOwn(logo) ? join(issuesFolder(root), logo) : undefined;
  const { card_font } = config.archive;
  const font = card_font === undefined ? undefined : resolve(root, card_font);
  const look = { theme: config.theme, locale: config.newsletter, logo: file, font };
  return shareCards(texts, look, join(cache, 'cards'));
}

const cardCopy = ({ path, source }: ShareCard): Copy => ({ path, key: `card ${path}`, source });

async function copyAll(publication: Publication, copies: readonly Copy[]): Promise<void> {
  for (const { path, key, source } of copies) await publication.copy(path, key, source);
}

/** Waits for both even if one fails, so that no work outlives the build. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

const SCRIPT = 'assets/site.js';
const ICON = 'assets/icon.svg';

/** Files that every page loads. */
async function assets(
  { newsletter, place, publication }: Build,
  { pictures }: Illustrations,
): Promise<Setting> {
  const { config } = newsletter;
  const { theme, archive } = config;
  const put = (path: string, content: string) => publication.put(path, digestOf(content), content);
  await put(SCRIPT, await readText(join(import.meta.dirname, 'page/site.js')));
  await put(ICON, icon(config.newsletter.name, theme.accent.light, theme.on_accent.light));
  const logo = theme.logo === undefined ? undefined : pictures.get(theme.logo);
  const height =
    logo?.width && logo.height ? Math.round((theme.logo_width * logo.height) / logo.width) : undefined;
  const site = {
    base: place.base,
    script: SCRIPT,
    icon: ICON,
    subscribe: archive.subscribe,
    logo_height: height,
    locale: localeOf(config.newsletter.language),
  };
  return { config, place, site };
}

/** Pages other than issue pages. */
async function lists(build: Build, setting: Setting, { pictures }: Illustrations, card: Card | undefined) {
  const { newsletter, place, issues, publication, state, common } = build;
  const facts = issues.map((issue) => issue.facts);
  const latest = pageFactsOf(state, facts[0]?.number);
  const key = digestOf('lists', common, setting.site, facts, latest, card);
  if (publication.keepAll(key)) return;
  const picture = (source: string) => pictures.get(source)?.url ?? assetPath(place, source);
  const pages = await listPages({ newsletter, setting, issues: facts, latest, card, picture });
  for (const [path, html] of pages) await publication.put(path, key, html);
}

/** Feeds, sitemap and similar files. @param keys of the pages, newest first */
async function machines(
  { newsletter, place, issues, publication, state, common, now }: Build,
  keys: readonly string[],
) {
  const facts = issues.map((issue) => issue.facts);
  const put = (path: string, content: string) => publication.put(path, digestOf(content), content);
  await put('sitemap.xml', sitemap(place, facts));
  await put('robots.txt', robots(place));
  const key = digestOf('feeds', common, keys.slice(0, FEED_ISSUES));
  if (publication.keepAll(key)) return;
  const entries = facts
    .slice(0, FEED_ISSUES)
    .map((issue) => ({ issue, content: state.contents[issue.number]?.html ?? '' }));
  for (const [path, text] of await feeds(newsletter, place, entries, now))
    await publication.put(path, key, text);
}
