import type { Path } from '../document/document.js';
import type { Issue } from '../issue/issue.js';
import type { FieldKind } from '../templates/fields.js';
import type { SectionType } from '../templates/section.js';
import { sectionType } from '../templates/table.js';
import { visitFields } from './field-visitor.js';
import { grouped, MAX_ISSUE } from './limits.js';
import { type ParsedMarkdown, parseMarkdown } from './markdown/parse-markdown.js';
import { type MergeValues, mergeText } from './merge-text.js';
import { allFindings, inField, NO_FINDINGS, type TextFindings } from './text-findings.js';

/** Writes each kind of field in one form. The path locates the field in the issue. */
export interface FieldWriter {
  markdown(text: ParsedMarkdown, path: Path): unknown;
  /** One line of text with merge field markers. */
  text(text: string, path: Path): unknown;
  url(url: string, path: Path): unknown;
  picture(source: string, path: Path): unknown;
  moment(iso: string, path: Path): unknown;
}

/** A parsed field. Every form is written from it. */
class FieldReading {
  /**
   * @param write writes the field for a form
   * @param characters number of Markdown characters parsed
   */
  constructor(
    readonly findings: TextFindings,
    readonly write: (writer: FieldWriter) => unknown,
    readonly characters = 0,
  ) {}
}

/** A section whose fields were parsed once. Every form is written from it. */
export interface SectionReading {
  readonly type: SectionType;
  /** Fields in the order of the section. */
  readonly fields: readonly FieldReading[];
  /** The section as data, with a {@link FieldReading} for each field. */
  readonly data: unknown;
  readonly findings: TextFindings;
}

/** Parses the fields of all sections of an issue. */
export function readSections({ sections }: Pick<Issue, 'sections'>, values: MergeValues): SectionReading[] {
  let room = MAX_ISSUE;
  return sections.map((section, index) => {
    const type = sectionType(section.type);
    const fields: FieldReading[] = [];
    const data = visitFields(
      type.schema,
      section,
      (kind, text, path) => {
        const field = readField(kind, text, path, { values, level: type.level, room });
        room -= field.characters;
        fields.push(field);
        return field;
      },
      ['sections', index],
    );
    return { type, fields, data, findings: allFindings(fields.map(({ findings }) => findings)) };
  });
}

/** Template values of the section: every field written for one form. */
export function writeSection({ data }: SectionReading, writer: FieldWriter): Record<string, unknown> {
  return written(data, writer) as Record<string, unknown>;
}

function written(data: unknown, writer: FieldWriter): unknown {
  if (data instanceof FieldReading) return data.write(writer);
  if (Array.isArray(data)) return data.map((item) => written(item, writer));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, written(item, writer)]));
}

const readers: Readonly<
  Record<FieldKind, (text: string, path: Path, values: MergeValues, level: 2 | 3) => FieldReading>
> = {
  markdown: (text, path, values, level) => {
    const parsed = parseMarkdown(text, values, level);
    const findings = inField(path, parsed.findings);
    return new FieldReading(findings, (writer) => writer.markdown(parsed, path), parsed.characters);
  },
  text: (source, path, values) => {
    const { text, findings } = mergeText(source, values);
    return new FieldReading(inField(path, findings), (writer) => writer.text(text, path));
  },
  url: (source, path, values) => {
    const { text, findings } = mergeText(source, values);
    return new FieldReading(inField(path, findings), (writer) => writer.url(text, path));
  },
  picture: (source, path) => new FieldReading(NO_FINDINGS, (writer) => writer.picture(source, path)),
  moment: (iso, path) => new FieldReading(NO_FINDINGS, (writer) => writer.moment(iso, path)),
};

/**
 * Reads a field.
 * @param level level of the highest heading in Markdown
 * @param room remaining Markdown characters of the issue. A longer field is left out and reported
 */
function readField(
  kind: FieldKind,
  text: string,
  path: Path,
  { values, level, room }: { readonly values: MergeValues; readonly level: 2 | 3; readonly room: number },
): FieldReading {
  const field = readers[kind](text, path, values, level);
  return field.characters <= room ? field : leftOut(field, path);
}

function leftOut({ findings }: FieldReading, path: Path): FieldReading {
  const message = `makes the texts of this issue longer than ${grouped(MAX_ISSUE)} characters, snippets included`;
  const problem = { source: 'this text', message, rule: 'text/limit', path, offset: 0 } as const;
  const empty: ParsedMarkdown = {
    tokens: [],
    characters: 0,
    findings: NO_FINDINGS,
    offsetOf: () => ({ offset: 0 }),
  };
  const all = { ...findings, problems: [...findings.problems, problem] };
  return new FieldReading(all, (writer) => writer.markdown(empty, path));
}
