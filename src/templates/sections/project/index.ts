import { markdown, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const project = defineSection(
  'project',
  'news about your own project',
  {
    heading: text().optional(),
    name: text(),
    version: text().optional(),
    url: url(),
    body: markdown(),
  },
  { inset: 48, headings: ['heading', 'name'] },
);
