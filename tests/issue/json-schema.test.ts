import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonSchema } from '../../src/init/schemas.js';
import { sectionTypes } from '../../src/templates/table.js';

const ROOT = join(import.meta.dirname, '../..');
const ajv = new Ajv2020({ allErrors: true, validateFormats: false });
const validateIssue = ajv.compile(jsonSchema('issue'));
const validateConfig = ajv.compile(jsonSchema('config'));
const NAMES = readdirSync(join(ROOT, 'issues')).filter((name) => name.endsWith('.yaml'));

function read(...path: string[]): Record<string, unknown> {
  return parse(readFileSync(join(ROOT, ...path), 'utf8')) as Record<string, unknown>;
}

const issueWith = (section: unknown) => ({ number: 1, title: 'T', date: '2018-01-01', sections: [section] });

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
