import { described } from '../../../text/described.js';
import { markdown, object, picture, quote, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

const person = object({
  name: text('The name of the person.', 'Ada Lovelace'),
  handle: text('Their handle, in quotes because of the @.', '@ada').optional(),
  url: url('Their page.', 'https://example.com/ada').optional(),
  photo: picture('A square photo: a path relative to `issues/`, or a URL.', 'images/ada.jpg').optional(),
});

export const star = defineSection(
  'star',
  'the Serverless Star of the Week',
  {
    heading: text('The heading. Write one to replace the usual one.', 'Person of the week').default(
      'Serverless Star of the Week ⭐️',
    ),
    intro: markdown('A line before the person.', 'Every week, someone who helps others.').optional(),
    person: person.meta(described('The person.')),
    body: markdown('What they did, and why it matters.', 'She wrote the first program.'),
    quote: quote('A sentence of theirs.').optional(),
  },
  { usual: true, inset: 48 },
);
