import { picture, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const image = defineSection('image', 'a full-width image', {
  src: picture(),
  alt: text(),
  caption: text().optional(),
  href: url().optional(),
});
