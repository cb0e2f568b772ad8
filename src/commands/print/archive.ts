import type { Finding } from '../../findings/finding.js';
import { visible } from '../../findings/visible.js';
import type { Built } from '../../site/build.js';
import { plural } from '../../text/plural.js';
import { findingJson } from './findings.js';

/** What a build of the site has done, in a few lines. */
export function archiveText(built: Built, folder: string): string {
  const { issues, hidden, rendered, written, removed, left, faulty } = built;
  const aside = hidden === 0 ? '' : ` (${plural(hidden, 'issue')} not public yet)`;
  const work =
    written + removed === 0
      ? 'nothing has changed'
      : `${plural(rendered, 'page')} rendered, ${plural(written, 'file')} written, ${removed} removed`;
  const lines = [`${visible(folder)}: ${plural(issues, 'issue')}${aside}; ${work}.`];
  for (const [source, why] of faulty) lines.push(`The picture ${visible(source)} ${why}.`);
  for (const path of left) {
    lines.push(`${visible(path)} belongs to the site no more; it was changed by hand, so it stays.`);
  }
  return lines.join('\n');
}

/** The document of `obn archive --json`. */
export function archiveJson(built: Built, folder: string, findings: readonly Finding[] | undefined) {
  const { issues, hidden, rendered, written, removed, paths, left, place } = built;
  const counts = { issues, hidden, rendered, files: paths.length, written, removed, left };
  const found = findings === undefined ? {} : { findings: findings.map(findingJson) };
  return { folder, url: place.url, ...counts, ...found };
}
