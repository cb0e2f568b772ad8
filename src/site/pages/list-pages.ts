import { join } from 'node:path';
import type { Newsletter } from '../../config/load.js';
import { dateView } from '../../render/date-view.js';
import { loadEngine } from '../../render/engine.js';
import { themeView } from '../../render/theme-view.js';
import { SITE_PAGES } from '../../templates/assets.js';
import type { IssueFacts, PageFacts } from '../issue-facts.js';
import { issuePath } from '../site-address.js';
import { type Card, listView, type Setting } from './head.js';

/** Number of issues on the home page besides the latest. */
const RECENT = 6;
/** Maximum number of headings of the latest issue. */
const HEADINGS = 8;

export interface ListOptions {
  readonly newsletter: Newsletter;
  readonly setting: Setting;
  /** Public issues, newest first. */
  readonly issues: readonly IssueFacts[];
  readonly latest: PageFacts | undefined;
  readonly card: Card | undefined;
  /** URL of an image, such as the logo. */
  readonly picture: (source: string) => string;
}

/** Pages other than issue pages: home, all issues, not found. */
export async function listPages(options: ListOptions): Promise<Map<string, string>> {
  const { newsletter, setting, issues, card, picture } = options;
  const { name, tagline = '' } = newsletter.config.newsletter;
  const engine = await loadEngine('web', new Set(), join(newsletter.root, 'templates'), SITE_PAGES);
  const entries = issues.map((issue) => entryView(options, issue));
  const latest = entries[0] && { ...entries[0], ...factsView(options.latest) };
  const shared = { ...themeView(newsletter, picture), latest, count: issues.length };
  const years = new Map<string, typeof entries>();
  for (const entry of entries) years.set(entry.year, [...(years.get(entry.year) ?? []), entry]);
  const site = (path: string, title: string, description: string) =>
    listView(setting, { path, title, description }, card);
  const all = `All issues of ${name}`;
  return new Map([
    [
      'index.html',
      engine.page('home', { ...shared, recent: entries.slice(1, 1 + RECENT), site: site('', name, tagline) }),
    ],
    [
      'issues/index.html',
      engine.page('issues', {
        ...shared,
        years: [...years].map(([year, list]) => ({ year, issues: list })),
        many: years.size > 1,
        site: { ...site('issues/', all, `${all}, by year.`), at_issues: true },
      }),
    ],
    ['404.html', engine.page('missing', { ...shared, site: site('404.html', name, tagline) })],
  ]);
}

function entryView({ newsletter, setting }: ListOptions, { number, title, preheader, date }: IssueFacts) {
  const path = issuePath(setting.place, number);
  const year = date.slice(0, 4);
  return { number, title, preheader, path, year, date: dateView(date, newsletter.config.newsletter) };
}

function factsView(facts: PageFacts | undefined) {
  return { minutes: facts?.minutes, headings: facts?.headings.slice(0, HEADINGS) };
}
