// docs/sections.md, generated from the table of section types: `npm run docs` writes it, and a test compares it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INTRODUCTION = `# Section types

An issue is a list of sections. Each has a \`type\` and the fields of that type. A field that is not in the table is an
error.

\`obn new\` writes one sample of each usual section. \`obn new --sections TYPE,TYPE\` writes the sections that you name.
`;

/**
 * @typedef {import('../src/templates/section.js').SectionType} SectionType
 * @typedef {(schema: SectionType['schema']) => import('../src/templates/field-rows.js').FieldRow[]} RowsOf
 */

/**
 * @param {readonly SectionType[]} types
 * @param {RowsOf} rowsOf the keys of a section type
 * @param {(name: string) => string} sampleOf the YAML that `obn new` writes for a type
 */
export function sectionsDocument(types, rowsOf, sampleOf) {
  const rows = types.map(
    ({ name, summary, usual }) => `| [\`${name}\`](#${name}) | ${summary} | ${usual ? 'yes' : ''} |`,
  );
  const table = ['| type | what it is | usual |', '| --- | --- | --- |', ...rows].join('\n');
  const parts = types.map((type) =>
    [
      `## ${type.name}`,
      `${type.summary.charAt(0).toUpperCase()}${type.summary.slice(1)}.`,
      ...fieldTable(rowsOf(type.schema)),
      `\`\`\`yaml\n${filled(sampleOf(type.name))}\n\`\`\``,
    ].join('\n\n'),
  );
  return `${[INTRODUCTION, table, ...parts.map((part) => `\n${part}`)].join('\n')}\n`;
}

/**
 * A sample as `obn new` might write it.
 * @param {string} sample
 */
function filled(sample) {
  return sample.replaceAll('{{date}}', '2026-03-03').replaceAll('"{{author}}"', 'Jane').trimEnd();
}

/** @param {import('../src/templates/field-rows.js').FieldRow[]} fields */
function fieldTable(fields) {
  const rows = fields
    .filter(({ path }) => path !== 'type')
    .map(({ path, value, required, description }) => {
      return `| \`${path}\` | ${value} | ${required ? 'yes' : ''} | ${description} |`;
    });
  const head = ['| key | value | required | for |', '| --- | --- | --- | --- |'];
  return rows.length === 0 ? [] : [[...head, ...rows].join('\n')];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(import.meta.dirname, '..');
  const { sectionTypes } = await import(join(root, 'dist/templates/table.js'));
  const { fieldRows } = await import(join(root, 'dist/templates/field-rows.js'));
  const { samplePath, TEMPLATE_ROOT } = await import(join(root, 'dist/templates/assets.js'));
  const text = sectionsDocument(sectionTypes, fieldRows, (name) =>
    readFileSync(join(TEMPLATE_ROOT, samplePath(name)), 'utf8'),
  );
  writeFileSync(join(root, 'docs/sections.md'), text);
}
