import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Issue } from '../issue/issue.js';
import { instantOf } from '../render/date-view.js';

/** What is known of an issue without rendering it. */
export const issueFacts = z.object({
  number: z.int().min(1),
  /** As readers see it: merge fields show their fallbacks. */
  title: z.string(),
  preheader: z.string(),
  /** ISO 8601 date. */
  date: z.string(),
  /** ISO 8601, with the offset of the newsletter's time zone: when it was sent, or the day began. */
  published: z.string(),
  draft: z.boolean(),
  /** Sources of its pictures, as they stand in the issue. */
  pictures: z.array(z.string()),
});

export type IssueFacts = Readonly<z.output<typeof issueFacts>>;

/** What is known of an issue once its page is made. */
export const pageFacts = z.object({
  /** How long it takes to read. */
  minutes: z.int().min(1),
  /** The sections that have a heading. */
  headings: z.array(z.object({ anchor: z.string(), heading: z.string() })),
});

export type PageFacts = Readonly<z.output<typeof pageFacts>>;

/** When an issue was published, as an ISO 8601 time in the time zone of the newsletter. */
export function publishedAt({ date, send_at }: Pick<Issue, 'date' | 'send_at'>, timezone: string): string {
  const moment = DateTime.fromMillis(instantOf(send_at ?? date, timezone), { zone: timezone });
  return moment.toISO({ suppressMilliseconds: true }) ?? date;
}

const TWO_DAYS_MS = 2 * 86_400_000;

/** When the day of an issue begins where the newsletter is, in milliseconds since 1970; undefined for a draft. */
export function publicFrom({ draft, date }: Pick<IssueFacts, 'draft' | 'date'>, timezone: string) {
  return draft ? undefined : instantOf(date, timezone);
}

/**
 * Whether everybody may read an issue: it is no draft, and its day has begun where the newsletter is.
 * @param now in milliseconds since 1970
 */
export function isPublic(issue: Pick<IssueFacts, 'draft' | 'date'>, now: number, timezone: string): boolean {
  // Of a day that is over everywhere, nobody has to ask the time zone, which takes its time.
  if (Date.parse(issue.date) + TWO_DAYS_MS <= now) return !issue.draft;
  return (publicFrom(issue, timezone) ?? Number.POSITIVE_INFINITY) <= now;
}
