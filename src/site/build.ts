import { join, resolve } from 'node:path';
import type { Newsletter } from '../config/load.js';
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
  /** The folder of the site, absolute. */
  readonly out: string;
  /** Where it is served from instead of the path of newsletter.url. */
  readonly base: string | undefined;
  /** In milliseconds since 1970. */
  readonly now: number;
  /** Is told when another build of the same folder has to end first. */
  readonly waiting: () => void;
}

export interface Built extends Published {
  readonly place: SiteAddress;
  /** How many issues everybody may read. */
  readonly issues: number;
  /** How many are drafts, or not due yet. */
  readonly hidden: number;
  /** When the next of those becomes public, in milliseconds since 1970, if nothing changes. */
  readonly next: number | undefined;
  /** Where each page of an issue comes from, by its path. */
  readonly origins: ReadonlyMap<string, PageOrigin>;
  /** How many pages of issues were made anew. */
  readonly rendered: number;
  /** Pictures that cannot be shown, by their source, and why. */
  readonly faulty: ReadonlyMap<string, string>;
  /** By number of the issue: letters that no font of its share picture has. */
  readonly lacking: ReadonlyMap<number, string>;
}

/**
 * Builds the site of every public issue, or as much of it as has changed.
 * @throws ObnError when something is wrong with an issue, a template or the folder; the site is as it was then.
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
  const known = await knowIssues(sources, common, state, desks);
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
    return { ...published, place, issues: issues.length, hidden, next, rendered, faulty, lacking, origins };
  } finally {
    await publication.abandon();
  }
}

interface Build {
  readonly newsletter: Newsletter;
  readonly place: SiteAddress;
  /** A folder for what is quicker to keep than to make again. */
  readonly cache: string;
  /** Digest of all that pages have in common. */
  readonly common: string;
  /** The public ones, the newest first. */
  readonly issues: readonly KnownIssue[];
  /** Those whose pages become public later. They may be sent before, and their emails need their images. */
  readonly upcoming: readonly KnownIssue[];
  readonly publication: Publication;
  readonly state: State;
  readonly desks: PageRenderers;
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** Hands everything that belongs into the site to the publication. */
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
  // While other threads make pages, this one has time for the pictures.
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

/** A picture for each issue that stands for it where it is shared. */
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

/** Waits for both, also when one fails, so that nothing goes on when the build has ended. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

const SCRIPT = 'assets/site.js';
const ICON = 'assets/icon.svg';

/** What every page loads. */
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

/** The pages that show no single issue. */
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

/** What is read by machines. @param keys of the pages, the newest first */
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
