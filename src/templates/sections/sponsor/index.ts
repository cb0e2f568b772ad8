import { image, markdown, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

export const sponsor = defineSection(
  'sponsor',
  "a sponsor's message, always labeled as sponsored",
  {
    name: text('The name of the sponsor.', 'Example Hosting'),
    url: url('The page of the sponsor.', 'https://example.com/hosting'),
    body: markdown('The message, in the words that you agreed on.', 'The first month is *free*.'),
    image: image('An image of the sponsor.').optional(),
    cta: text('The words on the button. Default: “Visit” and the name.', 'See how it works').optional(),
  },
  // Sponsors are not in the table of contents.
  { inset: 50, headings: ['name'], listed: false, sponsor: 'name' },
);
