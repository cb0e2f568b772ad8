import { markdown, object, picture, quote, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

const person = object({
  name: text(),
  handle: text().optional(),
  url: url().optional(),
  photo: picture().optional(),
});

export const star = defineSection(
  'star',
  'the Serverless Star of the Week',
  {
    heading: text().default('Serverless Star of the Week ⭐️'),
    intro: markdown().optional(),
    person,
    body: markdown(),
    quote: quote().optional(),
  },
  { usual: true, inset: 48 },
);
