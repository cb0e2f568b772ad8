import { text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const button = defineSection(
  'button',
  'a button',
  {
    label: text('The words on the button.', 'Join the conversation'),
    url: url('Where the button leads.', 'https://example.com/discuss'),
  },
  { names: ['label'] },
);
