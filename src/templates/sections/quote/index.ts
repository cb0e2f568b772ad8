import { text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const quote = defineSection('quote', 'a quotation that stands alone', {
  text: text(),
  by: text().optional(),
  url: url().optional(),
});
