import { z } from 'zod';
import { isMoment, object, text, timeText } from '../templates/fields.js';
import { type Section, sectionTypes } from '../templates/table.js';

const date = z
  .string()
  .refine(
    (value) => isMoment(value) && !value.includes('T'),
    'must be a date, YYYY-MM-DD, such as 2026-12-01',
  );
const moment = timeText('must be a date and time, such as 2026-12-01T09:00');

const schemas = sectionTypes.map((type) => type.schema);
const section = z.discriminatedUnion('type', schemas as [(typeof schemas)[number]]) as z.ZodType<Section>;

/** An issue as written in its file. */
export const issueSchema = object({
  number: z.number().int().min(1).max(999_999),
  title: text(),
  subject: text().optional(),
  preheader: text().optional(),
  date,
  send_at: moment.optional(),
  draft: z.boolean().default(false),
  segment: z.string().min(1).optional(),
  sections: z.array(section).min(1),
});

export type IssueData = z.output<typeof issueSchema>;
