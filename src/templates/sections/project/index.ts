import { markdown, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const project = defineSection(
  'project',
  'news of a project of your own',
  {
    heading: text().optional(),
    name: text(),
    version: text().optional(),
    url: url(),
    body: markdown(),
  },
  { inset: 48, headings: ['heading', 'name'] },
);
