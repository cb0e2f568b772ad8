import type { MarkdownIt } from 'markdown-it';
import { invisibleIn, tidyAddress, trimAddress, withoutInvisible } from '../../text/address.js';
import { replaceFields } from '../merge-text.js';
import type { MarkdownEnv } from './markdown-env.js';

/** Only known schemes are links. */
export function refuseData(parser: MarkdownIt): void {
  const { validateLink } = parser;
  parser.validateLink = (url) => validateLink(url) && !/^data:/i.test(url.trim());
}

/**
 * How the addresses of links and images in one text are read: merge fields are filled, addresses become what the
 * programs of readers expect, and those with an invisible character inside are noted.
 */
export function addressReaders(
  { normalizeLink, normalizeLinkText }: Pick<MarkdownIt, 'normalizeLink' | 'normalizeLinkText'>,
  { values, found, map }: Pick<MarkdownEnv, 'values' | 'found' | 'map'>,
): Pick<MarkdownIt, 'normalizeLink' | 'normalizeLinkText'> {
  const filled = (url: string) =>
    replaceFields(url, values, found, (field) => map.after(map.here(), url, field));
  const note = (url: string) => {
    const text = trimAddress(url);
    if (invisibleIn(text) === undefined) return;
    const at = map.after(map.here(), text, { source: text, offset: 0 });
    found.flaw({ kind: 'address', text, hint: `write ${withoutInvisible(text)}` }, at);
  };
  return {
    normalizeLink: (url) => {
      note(url);
      return normalizeLink(tidyAddress(filled(url)));
    },
    normalizeLinkText: (url) => normalizeLinkText(trimAddress(filled(url))),
  };
}
