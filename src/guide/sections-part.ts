import { sectionSample } from '../issue/scaffold.js';
import { type FieldRow, fieldRows } from '../templates/field-rows.js';
import { sectionTypes } from '../templates/table.js';
import { code, markdownTable, sentence } from './markdown-table.js';
import { SAMPLE } from './sample.js';

/** Every section type: its keys, and an example. */
export async function sectionsPart(): Promise<string> {
  const parts = sectionTypes.map(async ({ name, summary, schema }) => {
    const rows = fieldRows(schema).filter(({ path }) => path !== 'type');
    const sample = (await sectionSample(name, SAMPLE)).trimEnd();
    const keys = rows.length > 0 ? [keysTable(rows)] : ['It has no keys besides `type`.'];
    return [`### ${name}`, sentence(summary), ...keys, `\`\`\`yaml\n${sample}\n\`\`\``].join('\n\n');
  });
  return [
    '## Sections',
    'Any key that is not in the table of its section is an error.',
    ...(await Promise.all(parts)),
  ].join('\n\n');
}

/** The keys of a mapping as a table. */
export function keysTable(rows: readonly FieldRow[]): string {
  return markdownTable(
    ['key', 'value', 'required', 'for', 'example'],
    rows.map(({ path, value, required, description, examples }) => [
      code(path),
      value,
      required ? 'yes' : 'no',
      description,
      examples.length === 0 ? '' : code(String(examples[0])),
    ]),
  );
}
