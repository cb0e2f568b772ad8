import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sectionsDocument } from '../../scripts/sections-document.js';
import { samplePath, TEMPLATE_ROOT } from '../../src/templates/assets.js';
import { fieldRows } from '../../src/templates/field-rows.js';
import { sectionTypes } from '../../src/templates/table.js';

it('docs/sections.md matches the table of section types (npm run docs writes it)', () => {
  const document = sectionsDocument(sectionTypes, fieldRows, (name) =>
    readFileSync(join(TEMPLATE_ROOT, samplePath(name)), 'utf8'),
  );
  expect(readFileSync('docs/sections.md', 'utf8')).toBe(document);
});
