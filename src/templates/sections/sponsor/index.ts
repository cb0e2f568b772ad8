import { image, markdown, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const sponsor = defineSection(
  'sponsor',
  'a message of a sponsor, always labelled as such',
  {
    name: text(),
    url: url(),
    body: markdown(),
    image: image().optional(),
    cta: text().optional(),
  },
  // What is said of a sponsor is no part of the contents.
  { inset: 50, headings: ['name'], listed: false, sponsor: 'name' },
);
