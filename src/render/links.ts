import type { Config } from '../config/schema.js';
import { configurationError } from '../findings/error.js';
import { replaceExpressions } from '../merge/expression.js';

/** The address of an issue in the archive. */
export function issueUrl(site: string, number: number): string {
  return `${site}/issues/${number}/`;
}

/**
 * The address of a picture as a reader can reach it.
 * @param source a path relative to issues/, or a web address, which stays as it is.
 */
export function pictureUrl(source: string, site: string): string {
  if (/^https?:\/\//i.test(source)) return source;
  return `${site}/${source.split('/').map(encodeURIComponent).join('/')}`;
}

/** What is added to the links of an issue, and to which of them it is not. */
export interface LinkTags {
  /** Parameters with their values, such as `utm_source`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Hosts whose links, and those of the hosts below them, stay as they are. */
  readonly exclude: readonly string[];
  /** Where readers unsubscribe, which is nobody else's business. */
  readonly unsubscribe: string | undefined;
}

/**
 * The UTM tags that are configured; the campaign of an issue is `issue-NUMBER` when nothing else is said.
 * @param constant what `{{issue.…}}` and `{{newsletter.…}}` stand for.
 * @throws ObnError that names the tag, when there is no such value.
 */
export function linkTags(
  { tracking: { utm }, unsubscribe }: Pick<Config, 'tracking' | 'unsubscribe'>,
  constant: (path: readonly string[]) => string | undefined,
): LinkTags | undefined {
  if (!utm) return undefined;
  const { exclude, campaign = 'issue-{{issue.number}}', ...rest } = utm;
  const tags = { source: rest.source, medium: rest.medium, campaign, content: rest.content };
  const parameters = new Map<string, string>();
  for (const [name, text] of Object.entries(tags)) {
    if (text !== undefined) parameters.set(`utm_${name}`, filled(name, text, constant));
  }
  return { parameters, exclude, unsubscribe: unsubscribe.url };
}

function filled(name: string, text: string, constant: (path: readonly string[]) => string | undefined) {
  return replaceExpressions(text, ({ source, expression }) => {
    const value = expression.kind === 'constant' ? constant(expression.path) : undefined;
    if (value !== undefined) return value;
    const message = `tracking.utm.${name} of obn.yaml holds ${source}, which stands for nothing`;
    const hint = 'tags are the same for every reader: {{issue.number}}, {{newsletter.name}} and the like';
    throw configurationError(message, { hint });
  });
}

/** Adds the tags that the address does not have yet to a link of an issue. */
export function tagLink(href: string, tags: LinkTags | undefined): string {
  if (!tags || !/^https?:\/\//i.test(href) || !URL.canParse(href)) return href;
  const { hostname, searchParams } = new URL(href);
  if (tags.exclude.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return href;
  if (tags.unsubscribe !== undefined && samePlace(href, tags.unsubscribe)) return href;
  const missing = [...tags.parameters].filter(([name]) => !searchParams.has(name));
  if (missing.length === 0) return href;
  const added = missing.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const [address = '', fragment] = href.split(/#(.*)/s);
  const open = /^[^?]*\?(.*&)?$/.test(address);
  const separator = open ? '' : address.includes('?') ? '&' : '?';
  return `${address}${separator}${added}${fragment === undefined ? '' : `#${fragment}`}`;
}

function samePlace(href: string, other: string): boolean {
  const [a, b] = [new URL(href), new URL(other)];
  return a.origin === b.origin && a.pathname === b.pathname;
}
