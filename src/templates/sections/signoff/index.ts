import { text } from '../../fields.js';
import { defineSection } from '../../section.js';

export const signoff = defineSection(
  'signoff',
  'a closing line and your name',
  { closing: text(), name: text() },
  { usual: true, headings: ['name'], listed: false },
);
