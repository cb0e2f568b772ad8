import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Issue } from '../issue/issue.js';
import { instantOf } from '../render/date-view.js';

/** Facts of an issue that need no rendering. */
export const issueFacts = z.object({
  number: z.int().min(1),
  /** With fallback values for merge fields. */
  title: z.string(),
  preheader: z.string(),
  /** ISO 8601 date. */
  date: z.string(),
  /** ISO 8601 with the offset of the newsletter's time zone: the send time, or the start of the day. */
  published: z.string(),
  draft: z.boolean(),
  /** Image sources as written in the issue. */
  pictures: z.array(z.string()),
});

export type IssueFacts = Readonly<z.output<typeof issueFacts>>;

/** Facts of an issue that come from rendering its page. */
export const pageFacts = z.object({
  /** Reading time. */
  minutes: z.int().min(1),
  /** Sections with a heading. */
  headings: z.array(z.object({ anchor: z.string(), heading: z.string() })),
});

export type PageFacts = Readonly<z.output<typeof pageFacts>>;

/** Publication time as ISO 8601 in the newsletter's time zone. */
export function publishedAt({ date, send_at }: Pick<Issue, 'date' | 'send_at'>, timezone: string): string {
  const moment = DateTime.fromMillis(instantOf(send_at ?? date, timezone), { zone: timezone });
  return moment.toISO({ suppressMilliseconds: true }) ?? date;
}

const TWO_DAYS_MS = 2 * 86_400_000;

/**
 * Start of the issue's day in the newsletter's time zone, in milliseconds since 1970; undefined for a draft.
 */
export function publicFrom({ draft, date }: Pick<IssueFacts, 'draft' | 'date'>, timezone: string) {
  return draft ? undefined : instantOf(date, timezone);
}

/**
 * Whether an issue is public: not a draft, and its day has begun in the newsletter's time zone.
 * @param now in milliseconds since 1970
 */
export function isPublic(issue: Pick<IssueFacts, 'draft' | 'date'>, now: number, timezone: string): boolean {
  // A day that is over everywhere needs no time zone lookup, which is slow.
  if (Date.parse(issue.date) + TWO_DAYS_MS <= now) return !issue.draft;
  return (publicFrom(issue, timezone) ?? Number.POSITIVE_INFINITY) <= now;
}
