import { join, relative } from 'node:path';
import { isSeq, type Node } from 'yaml';
import { parseYaml } from '../document/causes/parse.js';
import { parseSource } from '../document/document.js';
import { validate } from '../document/validate.js';
import { findingsError } from '../findings/error.js';
import { exists } from '../platform/files.js';
import { links as linksType } from '../templates/sections/links/index.js';
import type { Addition } from './append-links.js';
import { itemInBraces, itemLines, type LinkItem } from './link.js';
import type { Entry } from './sequence-edit.js';
import { EditedText } from './text-edit.js';

/** Where links wait that were collected while there was no draft. */
const INBOX_FILE = 'links.yaml';

/** The text of an empty inbox. */
export const EMPTY_INBOX =
  '# Links for the next issue. `obn add` writes them, and `obn new` moves them into the issue.\n';

export interface Inbox {
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  readonly exists: boolean;
}

export function inboxOf({ root, cwd }: { readonly root: string; readonly cwd: string }): Inbox {
  const path = join(root, INBOX_FILE);
  return { path, name: relative(cwd, path), exists: exists(path) };
}

/**
 * The links in the text of an inbox, with their comments where its list is one of lines.
 * @returns undefined if there are none
 * @throws ObnError with every finding when the text is not a list of links
 */
export function readInbox(file: string, raw: string): Addition | undefined {
  const { text } = new EditedText(raw);
  const { contents } = parseYaml(text);
  if (contents === null) return undefined;
  const document = parseSource(file, text);
  const schema = linksType.schema.shape.items;
  const result = document.findings.length > 0 ? document : validate(document, schema);
  if ('findings' in result) throw findingsError(`${file} is not a list of links`, result.findings);
  const items = document.value as readonly LinkItem[];
  const entries = items.map((item) => {
    return { lines: itemLines({ item, comments: [] }), inBraces: itemInBraces(item) };
  });
  return { values: items, entries: isPlainList(text, contents) ? [withComments(text, entries)] : entries };
}

/** Whether the text is nothing but comments and a list whose dashes are at the beginning of the line. */
function isPlainList(text: string, contents: Node): boolean {
  const [start = 0] = contents.range ?? [];
  const isAtMargin = start === 0 || text[start - 1] === '\n';
  return isSeq(contents) && !contents.flow && isAtMargin && !/^(?:---|\.\.\.|%)/m.test(text);
}

/** All items as one entry that keeps the comments between them. */
function withComments(text: string, entries: readonly Entry[]): Entry {
  const lines = text.replace(EMPTY_INBOX, '').trim().split('\n');
  return { lines, inBraces: entries.map(({ inBraces }) => inBraces).join(', ') };
}
