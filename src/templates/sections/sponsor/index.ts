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
  { inset: 50 },
);
