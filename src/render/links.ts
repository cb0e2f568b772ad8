import type { Config } from '../config/schema.js';

type Utm = NonNullable<Config['tracking']['utm']>;

/** The address of an issue in the archive. */
export function issueUrl(site: string, number: number): string {
  return `${site}/issues/${number}/`;
}

/**
 * The address of a picture as a reader can reach it.
 * @param source a path relative to issues/, or a web address, which stays as it is.
 */
export function pictureUrl(source: string, site: string): string {
  if (/^https?:\/\//.test(source)) return source;
  return `${site}/${source.split('/').map(encodeURIComponent).join('/')}`;
}

/** Adds the UTM tags that are configured, and that the address does not have, to a link of an issue. */
export function tagLink(href: string, utm: Utm | undefined, issue: number): string {
  if (!utm || !/^https?:\/\//.test(href) || !URL.canParse(href)) return href;
  const { hostname, searchParams } = new URL(href);
  if (utm.exclude.some((host) => hostname === host || hostname.endsWith(`.${host}`))) return href;
  const tags = {
    source: utm.source,
    medium: utm.medium,
    campaign: utm.campaign ?? `issue-${issue}`,
    content: utm.content,
  };
  const added = Object.entries(tags).flatMap(([name, value]) =>
    value === undefined || searchParams.has(`utm_${name}`)
      ? []
      : [`utm_${name}=${encodeURIComponent(value)}`],
  );
  if (added.length === 0) return href;
  const [address = '', fragment] = href.split(/#(.*)/s);
  const separator = address.includes('?') ? '&' : '?';
  return `${address}${separator}${added.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}
