import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonSchema } from '../../src/init/schemas.js';
import { sectionTypes } from '../../src/templates/table.js';

const ROOT = join(import.meta.dirname, '../..');
const ajv = new Ajv2020({ allErrors: true, validateFormats: false, strict: false });
const validateIssue = ajv.compile(jsonSchema('issue'));
const validateConfig = ajv.compile(jsonSchema('config'));
const NAMES = readdirSync(join(ROOT, 'issues')).filter((name) => name.endsWith('.yaml'));

function read(...path: string[]): Record<string, unknown> {
  return parse(readFileSync(join(ROOT, ...path), 'utf8')) as Record<string, unknown>;
}

const issueWith = (section: unknown) => ({ number: 1, title: 'T', date: '2018-01-01', sections: [section] });

interface Node {
  description?: string;
  markdownDescription?: string;
  examples?: unknown[];
  type?: string;
  const?: unknown;
  enum?: unknown[];
  default?: unknown;
  properties?: Record<string, Node>;
  items?: Node;
  oneOf?: Node[];
  anyOf?: Node[];
  defaultSnippets?: { label: string; description: string; body: unknown }[];
}

/** Every key of a schema, by its path. */
function keysOf(node: Node, path = ''): [path: string, key: Node][] {
  const variants = [...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.items ? [node.items] : [])];
  const own = Object.entries(node.properties ?? {}).map(([key, child]) => [`${path}.${key}`, child] as const);
  return [
    ...own.flatMap(([name, child]) => [[name, child] as [string, Node], ...keysOf(child, name)]),
    ...variants.flatMap((variant) => keysOf(variant, path + (variant.properties?.type?.const ?? ''))),
  ];
}

/** Whether an author learns from the schema itself what to write: it has keys of its own, or a fixed set of values. */
const speaksForItself = ({ type, const: only, enum: values, properties, items, oneOf, anyOf }: Node) =>
  [only, values, properties, items?.properties, items?.oneOf, oneOf, anyOf].some(
    (one) => one !== undefined,
  ) || type === 'boolean';

describe.each(['issue', 'config'] as const)('the JSON Schema of %s', (name) => {
  const keys = keysOf(jsonSchema(name) as Node);

  it.each(keys)('describes %s', (_, { description, markdownDescription }) => {
    expect(description).toMatch(/^[\p{Lu}“][^`]*[.]$/su);
    expect(markdownDescription?.replaceAll('`', '')).toBe(description);
  });

  it.each(keys.filter(([, key]) => !speaksForItself(key)))('has an example of %s', (_, key) => {
    expect(key.examples ?? key.default).toBeDefined();
    const valid = ajv.compile({ ...key, default: undefined });
    for (const example of key.examples ?? []) expect(valid(example), JSON.stringify(example)).toBe(true);
  });
});

describe('the completions of an editor', () => {
  const { defaultSnippets: snippets = [] } = (jsonSchema('issue') as Node).properties?.sections ?? {};
  /** What an editor inserts: each place to fill in has its text. */
  const inserted = (body: unknown): unknown =>
    JSON.parse(JSON.stringify(body), (_, value) =>
      typeof value === 'string'
        ? value.replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/gs, (__, text: string) => text.replace(/\\(.)/g, '$1'))
        : value,
    );

  it('has one for each section type', () => {
    expect(snippets.map(({ label }) => label)).toEqual(sectionTypes.map((type) => type.name));
  });

  it.each(snippets)('inserts a valid section: $label', ({ body }) => {
    const section = inserted(body);
    expect(JSON.stringify(section)).not.toContain('$');
    expect(validateIssue(issueWith(section)), JSON.stringify(validateIssue.errors)).toBe(true);
    // Editors insert the values without quotes.
    for (const value of Object.values(section as object)) {
      if (typeof value === 'string') expect(parse(`key: ${value}`)).toEqual({ key: value });
    }
  });
});

describe('the JSON Schema of an issue', () => {
  it('uses the draft that editors support', () => {
    expect(jsonSchema('issue')).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'An issue of a newsletter',
      additionalProperties: false,
    });
  });

  it.each(NAMES)('accepts %s', (name) => {
    expect(validateIssue(read('issues', name)), JSON.stringify(validateIssue.errors)).toBe(true);
  });

  it.each(sectionTypes.map((type) => type.name))('takes the sample of %s', (name) => {
    const text = readFileSync(join(ROOT, 'src/templates/sections', name, 'sample.yaml'), 'utf8');
    const [section] = parse(text.replaceAll('{{date}}', '2018-01-01')) as unknown[];
    expect(validateIssue(issueWith(section)), JSON.stringify(validateIssue.errors)).toBe(true);
  });

  it.each(NAMES)('rejects an unknown key in %s', (name) => {
    const issue = read('issues', name);
    expect(validateIssue({ ...issue, titel: 'x' })).toBe(false);
    const [first, ...rest] = issue.sections as object[];
    expect(validateIssue({ ...issue, sections: [{ ...first, bodi: 'x' }, ...rest] })).toBe(false);
  });

  it('rejects an issue without a title, and an unknown section type', () => {
    expect(validateIssue({ number: 1, date: '2018-01-01', sections: [{ type: 'divider' }] })).toBe(false);
    expect(validateIssue(issueWith({ type: 'storey' }))).toBe(false);
    expect(validateIssue(issueWith({ type: 'divider' }))).toBe(true);
  });
});

describe('the JSON Schema of obn.yaml', () => {
  it('accepts the one in this repository', () => {
    expect(validateConfig(read('obn.yaml')), JSON.stringify(validateConfig.errors)).toBe(true);
  });

  it('rejects an unknown key', () => {
    expect(validateConfig({ ...read('obn.yaml'), thme: {} })).toBe(false);
    expect(validateConfig({ ...read('obn.yaml'), theme: { acent: '#112233' } })).toBe(false);
  });
});
