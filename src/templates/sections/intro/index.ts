import { markdown } from '../../fields.js';
import { defineSection } from '../../section.js';

export const intro = defineSection(
  'intro',
  'a greeting and what this issue is about',
  { body: markdown() },
  { usual: true, level: 2 },
);
