import { z } from 'zod';
import { described } from '../../../text/described.js';
import { markdown, moment, object, text, url } from '../../fields.js';
import { DATE_COLUMNS, defineSection } from '../../section.js';

const item = object({
  title: text('The name of the event.', 'Queues in practice'),
  url: url('The page of the event.', 'https://example.com/events/queues').optional(),
  starts: moment(
    'When it starts: a date, or a date and time. Without an offset, the time is in the time zone of the newsletter.',
    '2026-12-01T13:00',
    '2026-12-01T13:00-05:00',
  ),
  ends: moment('When it ends.', '2026-12-01T14:00').optional(),
  host: text('Who hosts it.', 'Example Meetup').optional(),
  location: text('Where it is.', 'Online', 'Berlin').optional(),
  note: markdown('Why to go.', 'Bring **one question**.').optional(),
});

export const events = defineSection(
  'events',
  'webinars and events with dates',
  {
    heading: text('The heading above the list.', 'Meet us in December'),
    intro: markdown('A few words before the list.', 'All times are in UTC.').optional(),
    items: z
      .array(item.meta(described('An event.')))
      .min(1)
      .meta(described('The events, in the order in which they are shown.')),
  },
  { usual: true, inset: 78, itemIndent: DATE_COLUMNS, events: 'items' },
);
