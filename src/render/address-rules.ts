import type { MarkdownIt } from 'markdown-it';
import { invisibleIn, tidyAddress, trimAddress, withoutInvisible } from '../text/address.js';
import { type MergeScope, mergeText } from './merge.js';
import type { SourceMap } from './source-map.js';

/**
 * Fills merge fields in the addresses of links and images, writes the addresses as the programs of readers expect
 * them, and notes those with an invisible character inside. Only known schemes are links.
 */
export function readAddresses(markdown: MarkdownIt, scope: MergeScope, places: SourceMap): void {
  const { normalizeLink, normalizeLinkText, validateLink } = markdown;
  const filled = (url: string) => mergeText(url, scope, (field) => places.after(places.here(), url, field));
  const note = (url: string) => {
    const text = trimAddress(url);
    if (invisibleIn(text) === undefined) return;
    const spot = places.after(places.here(), text, { source: text, offset: 0 });
    scope.flaw({ kind: 'address', text, hint: `write ${withoutInvisible(text)}` }, spot);
  };
  markdown.normalizeLink = (url) => {
    note(url);
    return normalizeLink(tidyAddress(filled(url)));
  };
  markdown.normalizeLinkText = (url) => normalizeLinkText(trimAddress(filled(url)));
  markdown.validateLink = (url) => validateLink(url) && !/^data:/i.test(url.trim());
}
