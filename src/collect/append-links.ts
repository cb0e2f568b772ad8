import { isDeepStrictEqual } from 'node:util';
import { isSeq, type YAMLSeq } from 'yaml';
import { parseYaml } from '../document/causes/parse.js';
import { parseSource } from '../document/document.js';
import { yamlText } from '../document/scalar.js';
import { findingsError } from '../findings/error.js';
import { parseIssue } from '../issue/issue.js';
import { links as linksType } from '../templates/sections/links/index.js';
import { sectionType } from '../templates/table.js';
import { type Entry, insertAfter, replaceEntries } from './sequence-edit.js';
import { EditedText, type TextEdit } from './text-edit.js';

/** What to add to a list of links: the values, and how they are written. */
export interface Addition {
  readonly values: readonly object[];
  readonly entries: readonly Entry[];
}

export interface AppendOptions {
  /** The heading of the section; default: the first section with links. */
  readonly section?: string | undefined;
  /** The heading of a new section, where `section` names none. */
  readonly newHeading: string;
  /** The items that `obn new` writes, which make room for the first links. */
  readonly sample: readonly unknown[];
}

/** A file that contains the links, and the line of each. */
export interface Appended {
  readonly text: string;
  readonly lines: readonly number[];
}

/** Adds links to the text of a file. */
export type Append = (file: string, raw: string, addition: Addition) => Appended;

interface RawSection {
  readonly type: string;
  readonly heading?: string;
  readonly items?: readonly unknown[];
}

/**
 * Adds links to the text of an issue. Everything else stays as it is, byte for byte.
 * @param file the file as messages name it
 * @throws ObnError when the issue has errors, or its list cannot be extended
 */
export function appendToIssue(
  file: string,
  raw: string,
  addition: Addition,
  options: AppendOptions,
): Appended {
  const edited = new EditedText(raw);
  const parsed = parseIssue(file, edited.text);
  if ('findings' in parsed) throw findingsError(`${file} has errors, so obn added nothing`, parsed.findings);
  const value = parsed.issue.document.value as { readonly sections: readonly RawSection[] };
  const { sections } = value;
  const index = sections.findIndex((section) => isWanted(section, options.section));
  const plan =
    index >= 0 ? intoSection(sections, index, addition, options) : asSection(sections, addition, options);
  const list = parseYaml(edited.text).getIn(plan.path, true);
  if (!isSeq(list)) throw cannotExtend(file, addition);
  const text = edited.apply(plan.edit(edited.text, list));
  const expected = { ...value, sections: plan.sections };
  return verified(file, text, expected, addition, ['sections', plan.index, 'items', plan.first]);
}

/** Adds links to the text of an inbox: a file that is empty, or a list of links. */
export function appendToInbox(file: string, raw: string, addition: Addition): Appended {
  const edited = new EditedText(raw);
  const { contents } = parseYaml(edited.text);
  const before = contents === null ? [] : parseSource(file, edited.text).value;
  if (!Array.isArray(before)) throw cannotExtend(file, addition);
  const end = edited.text.length;
  const start = edited.text === '' || edited.text.endsWith('\n') ? '' : '\n';
  const lines = addition.entries.flatMap((entry) => entry.lines);
  const edit = isSeq(contents)
    ? insertAfter(edited.text, contents as YAMLSeq, contents.items.length - 1, addition.entries)
    : { start: end, end, text: `${start}${lines.join('\n')}\n` };
  return verified(file, edited.apply(edit), [...before, ...addition.values], addition, [before.length]);
}

interface Plan {
  /** The list that is extended. */
  readonly path: readonly (string | number)[];
  edit(text: string, list: YAMLSeq): TextEdit;
  /** The sections afterwards, the one with the links among them, and its first new item. */
  readonly sections: readonly RawSection[];
  readonly index: number;
  readonly first: number;
}

function isWanted({ type, heading = '' }: RawSection, wanted: string | undefined): boolean {
  if (type !== linksType.name) return false;
  const same = (text: string) => text.trim().toLowerCase();
  return wanted === undefined || same(heading) === same(wanted);
}

function intoSection(
  sections: readonly RawSection[],
  index: number,
  { values, entries }: Addition,
  { sample }: AppendOptions,
): Plan {
  const items = sections[index]?.items ?? [];
  const isSample = isDeepStrictEqual(items, sample);
  const first = isSample ? 0 : items.length;
  const all = [...items.slice(0, first), ...values];
  return {
    path: ['sections', index, 'items'],
    edit: (text, list) =>
      isSample && !list.flow
        ? replaceEntries(text, list, entries)
        : insertAfter(text, list, items.length - 1, entries),
    sections: sections.map((section, at) => (at === index ? { ...section, items: all } : section)),
    ...{ index, first },
  };
}

/** A new section, in front of those that end an issue. */
function asSection(
  sections: readonly RawSection[],
  { values, entries }: Addition,
  { section: wanted, newHeading }: AppendOptions,
): Plan {
  const heading = wanted ?? newHeading;
  const last = sections.findLastIndex(({ type }) => !sectionType(type).ends);
  const after = last < 0 ? sections.length - 1 : last;
  const indented = entries.flatMap(({ lines }) => lines.map((line) => (line === '' ? '' : `    ${line}`)));
  const braces = entries.map(({ inBraces }) => inBraces).join(', ');
  const entry: Entry = {
    lines: [`- type: ${linksType.name}`, `  heading: ${yamlText(heading)}`, '  items:', ...indented],
    inBraces: `{ type: ${linksType.name}, heading: ${yamlText(heading)}, items: [ ${braces} ] }`,
  };
  return {
    path: ['sections'],
    edit: (text, list) => insertAfter(text, list, after, [entry]),
    sections: sections.toSpliced(after + 1, 0, { type: linksType.name, heading, items: values }),
    ...{ index: after + 1, first: 0 },
  };
}

/** Reads the new text again: it must be what was planned, and nothing else. */
function verified(
  file: string,
  text: string,
  expected: unknown,
  addition: Addition,
  path: readonly (string | number)[],
): Appended {
  const document = parseSource(file, new EditedText(text).text);
  const isIssue = path.length > 1;
  if (!isDeepStrictEqual(document.value, expected)) throw cannotExtend(file, addition);
  if (isIssue && 'findings' in parseIssue(file, document.text)) throw cannotExtend(file, addition);
  const first = Number(path.at(-1));
  const lines = addition.values.map((_, at) => document.at([...path.slice(0, -1), first + at]).line);
  return { text, lines };
}

function cannotExtend(file: string, { entries }: Addition) {
  const lines = entries.flatMap((entry) => entry.lines).join('\n');
  return findingsError(
    `obn cannot add to the links of ${file} without changing something else, so it added nothing`,
    [],
    `add them yourself:\n${lines}`,
  );
}
