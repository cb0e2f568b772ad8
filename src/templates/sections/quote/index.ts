import { text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const quote = defineSection('quote', 'a quotation', {
  text: text(),
  by: text().optional(),
  url: url().optional(),
});
