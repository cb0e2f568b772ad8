import { z } from 'zod';
import { markdown, moment, object, text, url } from '../../fields.js';
import { DATE_COLUMNS, defineSection } from '../../section.js';

const item = object({
  title: text(),
  url: url().optional(),
  starts: moment(),
  ends: moment().optional(),
  host: text().optional(),
  location: text().optional(),
  note: markdown().optional(),
});

export const events = defineSection(
  'events',
  'webinars and events with dates',
  { heading: text(), intro: markdown().optional(), items: z.array(item).min(1) },
  { usual: true, inset: 78, itemIndent: DATE_COLUMNS, events: 'items' },
);
