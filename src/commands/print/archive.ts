import type { ObnError } from '../../findings/error.js';
import { visible } from '../../findings/visible.js';
import type { Built } from '../../site/build.js';
import { plural } from '../../text/plural.js';
import { findingsText } from './findings.js';
import type { Style } from './style.js';

/** The result of a build of the site, in a few lines. */
export function archiveText(built: Built, folder: string): string {
  const { issues, hidden, rendered, written, removed, left, faulty } = built;
  const aside = hidden === 0 ? '' : ` (${plural(hidden, 'issue')} not public yet)`;
  const work =
    written + removed === 0
      ? 'no changes'
      : `${plural(rendered, 'page')} rendered, ${plural(written, 'file')} written, ${removed} removed`;
  const lines = [`${visible(folder)}: ${plural(issues, 'issue')}${aside}; ${work}.`];
  for (const [source, why] of faulty) lines.push(`The image ${visible(source)} ${why}.`);
  for (const path of left) {
    lines.push(`${visible(path)} is no longer part of the site. It was changed by hand, so obn keeps it.`);
  }
  return lines.join('\n');
}

const MOST_CHARACTERS = 20;
const MOST_ISSUES = 5;

/** The characters that no font of the share images has. */
export function lackingText({ lacking }: Pick<Built, 'lacking'>): string {
  const characters = [...new Set([...lacking.values()].join(''))].slice(0, MOST_CHARACTERS).join('');
  const issues = [...lacking.keys()].map((number) => `#${number}`).slice(0, MOST_ISSUES);
  const more = lacking.size > MOST_ISSUES ? ` and ${lacking.size - MOST_ISSUES} more` : '';
  return `No font has ${characters}. The share images of ${issues.join(', ')}${more} leave it out. Set archive.card_font to a font file that has it.`;
}

export const SKIPPED = 'Drafts with errors are left out of the site:';

export const UNWATCHED =
  'Too many watched files: the system limit is reached, so obn may miss changes. Raise the limit, or build again after a change.';

/** The error of a failed build while watching. */
export function failureText({ message, findings, hint }: ObnError, style: Style): string {
  const lines = [`${style.red('error:')} ${message}`];
  if (findings.length > 0) lines.push(findingsText(findings, style));
  if (hint) lines.push(style.cyan(hint));
  return lines.join('\n');
}
