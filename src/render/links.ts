import type { Config } from '../config/schema.js';
import { configurationError } from '../findings/error.js';
import { replaceExpressions } from '../merge/expression.js';

/** URL of an issue in the archive. */
export function issueUrl(site: string, number: number): string {
  return `${site}/issues/${number}/`;
}

/**
 * Public URL of an image.
 * @param source a path relative to issues/, or a URL, which is not changed.
 */
export function pictureUrl(source: string, site: string): string {
  if (/^https?:\/\//i.test(source)) return source;
  return `${site}/${source.split('/').map(encodeURIComponent).join('/')}`;
}

/** Tracking parameters for links, and exceptions. */
export interface LinkTags {
  /** Query parameters such as `utm_source`, with values. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Hosts whose links, including subdomains, are not changed. */
  readonly exclude: readonly string[];
  /** Unsubscribe URL, which gets no parameters. */
  readonly unsubscribe: string | undefined;
}

/**
 * The configured UTM tags. The default campaign is `issue-NUMBER`.
 * @param constant values of `{{issue.…}}` and `{{newsletter.…}}`.
 * @throws ObnError that names a tag whose merge field has no value.
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
    const message = `tracking.utm.${name} in obn.yaml contains ${source}, which has no value`;
    const hint =
      'tags are the same for every reader; use values such as {{issue.number}} or {{newsletter.name}}';
    throw configurationError(message, { hint });
  });
}

/** Adds the tags that a link does not have yet. */
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
