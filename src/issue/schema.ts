import { z } from 'zod';
import { isMoment, object, text, timeText } from '../templates/fields.js';
import { type Section, sectionTypes } from '../templates/table.js';
import { described } from '../text/described.js';
import { PREHEADER_LENGTH } from './preheader.js';
import { sectionSnippets } from './section-snippets.js';

const date = z
  .string()
  .refine(
    (value) => isMoment(value) && !value.includes('T'),
    'must be a date, YYYY-MM-DD, such as 2026-12-01',
  )
  .meta(described('The date of publication. The archive shows the issue from this day on.', '2026-12-01'));
const sendAt = timeText('must be a date and time, such as 2026-12-01T09:00').meta(
  described(
    'When `obn send --due` may send the issue. Without an offset, the time is in the time zone of the newsletter.',
    '2026-12-01T09:00',
    '2026-12-01T09:00-05:00',
  ),
);

const schemas = sectionTypes.map((type) => type.schema);
const section = z.discriminatedUnion('type', schemas as [(typeof schemas)[number]]) as z.ZodType<Section>;

/** An issue as written in its file. */
export const issueSchema = object({
  number: z
    .number()
    .int()
    .min(1)
    .max(999_999)
    .meta(described('The number of the issue. The name of the file begins with it.', 3)),
  title: text('The title, as the archive and the web page show it.', 'When the queue runs dry'),
  subject: text(
    'The subject of the email. Default: `subject` in obn.yaml.',
    'Queues, and why they run dry',
  ).optional(),
  preheader: text(
    `The line beside the subject in the inbox, best ${PREHEADER_LENGTH.least} to ${PREHEADER_LENGTH.most} characters long.`,
    'What an empty queue taught us about traffic, and what to try on Monday',
  ).optional(),
  date,
  send_at: sendAt.optional(),
  draft: z
    .boolean()
    .default(false)
    .meta(described('Whether the issue is still being written. obn never sends a draft to readers.', true)),
  segment: z
    .string()
    .min(1)
    .optional()
    .meta(described('The segment in obn.yaml that gets the issue. Default: all subscribers.', 'beginners')),
  sections: z
    .array(section)
    .min(1)
    .meta({
      ...described('The content, in order. Each section has a `type` and the keys of that type.'),
      // Made when an editor's schema is written, not when an issue is read.
      get defaultSnippets() {
        return sectionSnippets();
      },
    }),
});

export type IssueData = z.output<typeof issueSchema>;
