import type { AddedLink, AddLinksResult } from '../../collect/add-to-text.js';
import { visible } from '../../findings/visible.js';

/** What `--json` prints of a link. */
export function addedLinkJson({ url, title, author, source, file, line }: AddedLink) {
  return { url, title, author: author ?? null, source: source ?? null, file, line };
}

/** What a person has to know about the links, one line each. */
export function addedLinksNotices({ added, skipped }: AddLinksResult): string[] {
  return [
    ...added.flatMap(({ url, problem, earlier }) => [
      ...(problem === undefined
        ? []
        : [`${url} ${visible(problem)}. The title is only its host: write one.`]),
      ...(earlier ? [`${url} was in issue #${earlier.issue}: ${earlier.file}:${earlier.line}`] : []),
    ]),
    ...skipped.map(({ url, file, line }) => `${url} is already in ${file}:${line}. It was not added again.`),
  ];
}

export function addedLinksSummary({ added, created }: AddLinksResult, dryRun: boolean): string {
  const [first] = added;
  if (!first) return 'Nothing was added.';
  const draft = created === undefined ? '' : `, a new draft (issue #${created})`;
  if (dryRun)
    return `Links that would be added to ${first.file}${draft}: ${added.length}. Nothing was written.`;
  return `Links added to ${first.file}${draft}: ${added.length}.`;
}
