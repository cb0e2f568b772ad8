import type { IssueFacts } from '../issue-facts.js';
import { escapeMarkup } from '../pages/markup.js';
import { MANIFEST } from '../publish/manifest.js';
import type { SiteAddress } from '../site-address.js';

/** https://www.sitemaps.org/protocol.html;  @param issues newest first */
export function sitemap({ url }: SiteAddress, issues: readonly IssueFacts[]): string {
  const newest = issues[0]?.published;
  const pages = [
    { path: '', published: newest },
    { path: 'issues/', published: newest },
    ...issues.map(({ number, published }) => ({ path: `issues/${number}/`, published })),
  ];
  const entries = pages.map(({ path, published }) => {
    const lastmod = published === undefined ? '' : `<lastmod>${published}</lastmod>`;
    return `<url><loc>${escapeMarkup(`${url}/${path}`)}</loc>${lastmod}</url>\n`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('')}</urlset>
`;
}

/** robots.txt (RFC 9309): allows everything except the manifest. */
export function robots({ url, base }: SiteAddress): string {
  return `User-agent: *\nDisallow: ${base}/${MANIFEST}\n\nSitemap: ${url}/sitemap.xml\n`;
}

/** Icon with the first letter of the newsletter in its colors. */
export function icon(name: string, accent: string, on: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  const letter = escapeMarkup(first?.segment.toUpperCase() ?? '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${accent}"/><text x="32" y="33" fill="${on}" font-family="system-ui, sans-serif" font-size="40" font-weight="700" text-anchor="middle" dominant-baseline="central">${letter}</text></svg>\n`;
}
