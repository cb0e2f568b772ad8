// docs/sections.md, generated from the table of section types: `npm run docs` writes it, and a test compares it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const INTRODUCTION = `# Section types

An issue is a list of sections. Each has a \`type\` and the fields of that type. A field that is not in the table is an
error.

\`obn new\` writes one sample of each usual section. \`obn new --sections TYPE,TYPE\` writes the sections that you name.
`;

/** @type {Readonly<Record<import('../src/templates/fields.js').FieldKind, string>>} */
const KINDS = {
  markdown: 'Markdown',
  text: 'one line of text',
  url: 'web address',
  picture: 'path below issues/, or web address of an image',
  moment: 'date, or date and time',
};

/**
 * @typedef {import('../src/templates/section.js').SectionType} SectionType
 * @typedef {(schema: z.core.$ZodType) => import('../src/templates/fields.js').FieldKind | undefined} KindOf
 */

/**
 * @param {readonly SectionType[]} types
 * @param {KindOf} kindOf what kind of text a field has
 * @param {(name: string) => string} sampleOf the YAML that `obn new` writes for a type
 */
export function sectionsDocument(types, kindOf, sampleOf) {
  const rows = types.map(
    ({ name, summary, usual }) => `| [\`${name}\`](#${name}) | ${summary} | ${usual ? 'yes' : ''} |`,
  );
  const table = ['| type | what it is | usual |', '| --- | --- | --- |', ...rows].join('\n');
  const parts = types.map((type) =>
    [
      `## ${type.name}`,
      `${type.summary.charAt(0).toUpperCase()}${type.summary.slice(1)}.`,
      ...fieldTable(type, kindOf),
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

/**
 * @param {SectionType} type
 * @param {KindOf} kindOf
 */
function fieldTable({ schema }, kindOf) {
  const fields = Object.entries(schema.shape).filter(([key]) => key !== 'type');
  const rows = fields.flatMap(([key, field]) => fieldRows(key, field, true, kindOf));
  return rows.length === 0
    ? []
    : [['| field | value | required |', '| --- | --- | --- |', ...rows].join('\n')];
}

/**
 * @param {string} path such as \`items[].title\`
 * @param {z.core.$ZodType} field
 * @param {boolean} required
 * @param {KindOf} kindOf
 * @returns {string[]}
 */
function fieldRows(path, field, required, kindOf) {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault)
    return fieldRows(path, field.unwrap(), false, kindOf);
  const row = (/** @type {string} */ value) => `| \`${path}\` | ${value} | ${required ? 'yes' : ''} |`;
  if (field instanceof z.ZodArray)
    return [row('list'), ...fieldRows(`${path}[]`, field.element, true, kindOf)];
  if (field instanceof z.ZodObject) {
    const inner = Object.entries(field.shape).flatMap(([key, one]) =>
      fieldRows(`${path}.${key}`, one, true, kindOf),
    );
    return path.endsWith('[]') ? inner : [row('mapping'), ...inner];
  }
  const kind = kindOf(field);
  return [row(kind === undefined ? 'value' : KINDS[kind])];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(import.meta.dirname, '..');
  const { sectionTypes } = await import(join(root, 'dist/templates/table.js'));
  const { fieldKinds } = await import(join(root, 'dist/templates/fields.js'));
  const { samplePath, TEMPLATE_ROOT } = await import(join(root, 'dist/templates/assets.js'));
  const text = sectionsDocument(
    sectionTypes,
    (schema) => fieldKinds.get(schema)?.kind,
    (name) => readFileSync(join(TEMPLATE_ROOT, samplePath(name)), 'utf8'),
  );
  writeFileSync(join(root, 'docs/sections.md'), text);
}
