import type { Finding } from '../../findings/finding.js';
import type { Built } from '../build.js';
import type { PageOrigin } from '../page-origin.js';
import { assetPath } from '../site-address.js';
import { brokenLinks } from './check.js';

/** Findings for broken links, anchors and images of a built site. */
export function siteFindings({ paths, place, origins, faulty }: Built, folder: string): Finding[] {
  const known = new Set([...faulty.keys()].map((source) => assetPath(place, source)));
  const broken = brokenLinks(folder, paths, place)
    .filter(({ kind, address }) => kind === 'link' || !known.has(address))
    .map(({ page, address, kind, why }) =>
      finding(kind, `${address} ${why}`, address, origins.get(page), page),
    );
  const unseen = [...faulty].flatMap(([source, why]) => {
    const shown = [...origins].filter(([, origin]) => origin.text.includes(source));
    const places = shown.length > 0 ? shown : [['obn.yaml', undefined] as const];
    return places.map(([page, origin]) => finding('picture', `${source} ${why}`, source, origin, page));
  });
  return [...broken, ...unseen];
}

/** @param needle text to locate in the source file. Without a source file, the finding names the page */
function finding(
  kind: 'link' | 'picture',
  message: string,
  needle: string,
  origin: PageOrigin | undefined,
  page: string,
): Finding {
  const rule = `archive/${kind}`;
  const offset = origin?.text.indexOf(needle) ?? -1;
  if (!origin || offset < 0) return { file: page, line: 1, column: 1, severity: 'error', rule, message };
  const before = origin.text.slice(0, offset).split('\n');
  const excerpt = origin.text.split('\n', before.length).at(-1) ?? '';
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  return { file: origin.name, line, column, severity: 'error', rule, message, excerpt };
}
