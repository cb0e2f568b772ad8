import { image, markdown, quote, text } from '../../fields.js';
import { defineSection } from '../../section.js';

export const story = defineSection(
  'story',
  'a story with a heading, and optionally an image or a quote',
  {
    heading: text('The heading of the story.', 'When the queue runs dry'),
    body: markdown('The story.', 'Somebody wrote [how they found out](https://example.com/story).'),
    image: image('An image of the story.').optional(),
    quote: quote('A quotation from the story.').optional(),
  },
  { usual: true, keepsHeading: false },
);
