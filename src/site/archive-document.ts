import { type Finding, findingDocument } from '../findings/finding.js';
import type { Built } from './build.js';

/** The document of `obn archive --json`. */
export function archiveDocument(built: Built, folder: string, findings: readonly Finding[] | undefined) {
  const { issues, hidden, rendered, written, removed, paths, left, place } = built;
  const counts = { issues, hidden, rendered, files: paths.length, written, removed, left };
  const found = findings === undefined ? {} : { findings: findings.map(findingDocument) };
  return { folder, url: place.url, ...counts, ...found };
}
