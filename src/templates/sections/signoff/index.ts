import { text } from '../../fields.js';
import { defineSection } from '../../section.js';

export const signoff = defineSection(
  'signoff',
  'a closing line and your name',
  { closing: text('The closing line.', 'Until next week,'), name: text('Your name.', 'Jane') },
  { usual: true, ends: true, headings: ['name'], listed: false },
);
