import type { Issue } from '../issue/issue.js';
import type { SectionType } from '../templates/section.js';
import { sectionType } from '../templates/table.js';
import { visitFields } from './field-visitor.js';
import { MAX_ISSUE } from './limits.js';
import type { MergeValues } from './merge-text.js';
import { FieldReading, type FieldWriter, readField } from './read-field.js';
import { allFindings, type TextFindings } from './text-findings.js';

/** A section whose fields were read once, for every form to write them. */
export interface SectionReading {
  readonly type: SectionType;
  /** In the order of the section. */
  readonly fields: readonly FieldReading[];
  /** The section as data, with a {@link FieldReading} in the place of each field. */
  readonly data: unknown;
  readonly findings: TextFindings;
}

/** Reads the texts of all sections of an issue. */
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

/** What a template of the section is filled with: every field in the way of one form. */
export function writeSection({ data }: SectionReading, writer: FieldWriter): Record<string, unknown> {
  return written(data, writer) as Record<string, unknown>;
}

function written(data: unknown, writer: FieldWriter): unknown {
  if (data instanceof FieldReading) return data.write(writer);
  if (Array.isArray(data)) return data.map((item) => written(item, writer));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, item]) => [key, written(item, writer)]));
}
