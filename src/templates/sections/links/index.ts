import { z } from 'zod';
import { markdown, object, text, url } from '../../fields.js';
import { defineSection } from '../../section.js';

const item = object({
  title: text(),
  url: url(),
  author: text().optional(),
  source: text().optional(),
  note: markdown().optional(),
});

export const links = defineSection(
  'links',
  'a reading list, with an author and a note for each link',
  { heading: text(), intro: markdown().optional(), items: z.array(item).min(1) },
  { usual: true },
);
