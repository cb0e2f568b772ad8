import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseIssue } from '../../src/issue/issue.js';
import { FORMS, PARTIALS, samplePath, TEMPLATE_ROOT } from '../../src/templates/assets.js';
import { fieldKinds } from '../../src/templates/fields.js';
import type { SectionType } from '../../src/templates/section.js';
import { sectionTypes } from '../../src/templates/table.js';

const HEAD = 'number: 1\ntitle: T\ndate: 2018-01-01\nsections:\n';
const read = (name: string) => readFileSync(join(TEMPLATE_ROOT, name), 'utf8');

/** Leaves of a schema with their paths. */
function leaves(schema: z.core.$ZodType, path: string): [string, z.core.$ZodType][] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return leaves(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return leaves(schema.element, `${path}[]`);
  if (!(schema instanceof z.ZodObject)) return [[path, schema]];
  return Object.entries(schema.shape).flatMap(([key, field]) => leaves(field, `${path}.${key}`));
}

describe('the table of section types', () => {
  it('has each type once, and keeps those that issues have used', () => {
    const names: string[] = sectionTypes.map((type) => type.name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['button', 'closing', 'divider', 'events', 'image', 'intro', 'links'],
        ...['project', 'quote', 'signoff', 'sponsor', 'star', 'story'],
      ]),
    );
  });

  it('has a line for every folder', () => {
    expect(readdirSync(join(TEMPLATE_ROOT, 'sections')).sort()).toEqual(
      sectionTypes.map((type) => type.name).sort(),
    );
  });
});

describe.each(sectionTypes.map((type) => [type.name, type] as const))('the section type %s', (name, type) => {
  it('has a template for each form', () => {
    for (const file of Object.values(FORMS)) {
      const template = read(`sections/${name}/${file}`);
      expect(template.trim()).not.toBe('');
      expect(() => Handlebars.parse(template)).not.toThrow();
    }
  });

  it('has a one-line summary', () => {
    expect(type.summary).toMatch(/^[^\n]{5,80}$/);
  });

  it('has a valid sample of one section', () => {
    const sample = read(samplePath(name)).replaceAll('{{date}}', '2018-01-01');
    const parsed = parseIssue('sample.yaml', HEAD + sample.replace(/^(?=.)/gm, '  '));
    expect('findings' in parsed ? parsed.findings : []).toEqual([]);
    expect('issue' in parsed && parsed.issue.sections.map((section) => section.type)).toEqual([name]);
  });

  it('declares the kind of every text field', () => {
    for (const [path, field] of leaves(type.schema, name)) {
      if (path === `${name}.type`) continue;
      expect(fieldKinds.get(field)?.kind, path).toBeDefined();
    }
  });

  it('names only fields that it has', () => {
    const { headings, names, sponsor, events, keepsHeading }: SectionType = type;
    const fields = [...headings, ...names, sponsor ?? [], events ?? [], keepsHeading ? 'heading' : []].flat();
    expect(Object.keys(type.schema.shape)).toEqual(expect.arrayContaining(fields));
  });

  it('has a date on each event, if it announces events', () => {
    const { events }: SectionType = type;
    if (events === undefined) return;
    const kinds = new Map(
      leaves(type.schema, '').map(([path, field]) => [path, fieldKinds.get(field)?.kind]),
    );
    const item = (key: string) => kinds.get(`.${events}[].${key}`);
    expect([item('title'), item('starts'), item('ends')]).toEqual(['text', 'moment', 'moment']);
  });

  it('rejects unknown keys', () => {
    const [issue] = type.schema.safeParse({ type: name, nonsense: 1 }).error?.issues.slice(-1) ?? [];
    expect(issue).toMatchObject({ code: 'unrecognized_keys', keys: ['nonsense'] });
  });
});

describe('partials', () => {
  it.each(PARTIALS)('%s exists in at least one form and compiles', (partial) => {
    const files = Object.values(FORMS).map((file) => `partials/${partial}/${file}`);
    const there = files.filter((file) => existsSync(join(TEMPLATE_ROOT, file)));
    expect(there.length).toBeGreaterThan(0);
    for (const file of there) expect(() => Handlebars.parse(read(file))).not.toThrow();
  });

  it.each(Object.values(FORMS))('the layout has the form %s', (file) => {
    expect(read(`layout/${file}`)).toContain('{{');
  });
});
