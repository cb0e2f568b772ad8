import { z } from 'zod';
import { described } from '../../../text/described.js';
import { markdown, object, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

const item = object({
  title: text('The title of the page.', 'The Twelve-Factor App'),
  url: url('The address of the page.', 'https://12factor.net'),
  author: text('Who wrote it.', 'Adam Wiggins').optional(),
  source: text('Where it was published.', 'Example Magazine').optional(),
  note: markdown('Why to read it.', 'Start with the part about *logs*.').optional(),
});

export const links = defineSection(
  'links',
  'a reading list, with an author and a note for each link',
  {
    heading: text('The heading above the list.', 'Worth reading'),
    intro: markdown('A few words before the list.', 'Five minutes each.').optional(),
    items: z
      .array(item.meta(described('A link.')))
      .min(1)
      .meta(described('The links, in the order in which they are shown.')),
  },
  { usual: true },
);
