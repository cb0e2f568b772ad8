import { markdown } from '../../fields.js';
import { defineSection } from '../../section.js';

export const intro = defineSection(
  'intro',
  'a greeting and what this issue is about',
  { body: markdown('The greeting, and what this issue is about.', 'Hi {{default first_name "there"}},') },
  { usual: true, level: 2 },
);
