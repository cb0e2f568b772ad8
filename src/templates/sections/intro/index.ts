import { markdown } from '../../fields.js';
import { defineSection } from '../../section.js';

export const intro = defineSection(
  'intro',
  'the greeting, and what this issue is about',
  { body: markdown() },
  { usual: true, level: 2 },
);
