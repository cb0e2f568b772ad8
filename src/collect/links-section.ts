import { join } from 'node:path';
import { parse } from 'yaml';
import type { ReadIssue } from '../issue/store.js';
import { readText } from '../platform/files.js';
import { samplePath, TEMPLATE_ROOT } from '../templates/assets.js';
import { links as linksType } from '../templates/sections/links/index.js';
import { type Append, type AppendOptions, appendToIssue } from './append-links.js';

const NEW_HEADING = 'Worth reading';

/**
 * Prepares to add to the section with links of an issue.
 * @param issues all of the newsletter; a new section gets the heading that is usual in them
 * @param section the heading of the section; default: the first section with links
 */
export async function appenderFor(issues: readonly ReadIssue[], section?: string): Promise<Append> {
  const [sample] = parse(await readText(join(TEMPLATE_ROOT, samplePath(linksType.name))));
  const options: AppendOptions = { section, newHeading: usualHeading(issues), sample: sample.items };
  return (file, raw, addition) => appendToIssue(file, raw, addition, options);
}

/** The heading of the newest such section. */
function usualHeading(issues: readonly ReadIssue[]): string {
  const headings = issues.flatMap(({ parsed }) => {
    const sections = 'issue' in parsed ? parsed.issue.sections : [];
    return sections.flatMap((section) => (section.type === linksType.name ? section.heading : []));
  });
  return headings.at(-1) ?? NEW_HEADING;
}
