import type { ObnError } from '../../findings/error.js';
import { visible } from '../../findings/visible.js';
import type { Built } from '../../site/build.js';
import { plural } from '../../text/plural.js';
import { findingsText } from './findings.js';
import type { Style } from './style.js';

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

const SOME_LETTERS = 20;
const SOME_ISSUES = 5;

/** Which letters no font of the share images has. */
export function lackingText({ lacking }: Pick<Built, 'lacking'>): string {
  const letters = [...new Set([...lacking.values()].join(''))].slice(0, SOME_LETTERS).join('');
  const issues = [...lacking.keys()].map((number) => `#${number}`).slice(0, SOME_ISSUES);
  const more = lacking.size > SOME_ISSUES ? ` and ${lacking.size - SOME_ISSUES} more` : '';
  return `No font has ${letters}, so the share images of ${issues.join(', ')}${more} leave it out. Set archive.card_font to a font file that has it.`;
}

export const SKIPPED = 'Drafts with errors are left out of the site:';

export const UNWATCHED =
  'The system lets obn watch no more files, so some changes will not be seen: build again after them, or raise its limit.';

/** Why a build failed while the site is watched. */
export function failureText({ message, findings, hint }: ObnError, style: Style): string {
  const lines = [`${style.red('error:')} ${message}`];
  if (findings.length > 0) lines.push(findingsText(findings, style));
  if (hint) lines.push(style.cyan(hint));
  return lines.join('\n');
}
