import { image, markdown, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const sponsor = defineSection(
  'sponsor',
  "a sponsor's message, always labeled as sponsored",
  {
    name: text(),
    url: url(),
    body: markdown(),
    image: image().optional(),
    cta: text().optional(),
  },
  // Sponsors are not in the table of contents.
  { inset: 50, headings: ['name'], listed: false, sponsor: 'name' },
);
