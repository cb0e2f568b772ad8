import { markdown, text } from '../../fields.js';
import { defineSection } from '../../section.js';

export const closing = defineSection(
  'closing',
  'final thoughts',
  {
    heading: text('The heading. Write one to replace the usual one.', 'Until next time').default(
      'Final Thoughts 🤔',
    ),
    body: markdown('What to take away, and what to reply to.', 'What would *you* do? Reply and tell me.'),
  },
  { usual: true, ends: true },
);
