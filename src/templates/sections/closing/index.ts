import { markdown, text } from '../../fields.js';
import { defineSection } from '../../section.js';

export const closing = defineSection(
  'closing',
  'final thoughts',
  { heading: text().default('Final Thoughts 🤔'), body: markdown() },
  { usual: true },
);
