import { DateTime } from 'luxon';

/**
 * A moment as the newsletter and the reader of the terminal have it on their clocks, and how far it is, such as
 * `2026-03-08 09:00 EDT (14:00 GMT+1 here), in 3 days`.
 * @param at and `now` in milliseconds since 1970
 * @param timezone of the newsletter; that of the machine is added where its clocks show something else
 */
export function timeText(at: number, timezone: string, now: number): string {
  const there = DateTime.fromMillis(at, { zone: timezone, locale: 'en' });
  const here = DateTime.fromMillis(at, { zone: 'system', locale: 'en' });
  const day = 'yyyy-MM-dd ';
  const time = 'HH:mm ZZZZ';
  const sameDay = here.toFormat(day) === there.toFormat(day);
  const local = here.offset === there.offset ? '' : ` (${here.toFormat(sameDay ? time : day + time)} here)`;
  return `${there.toFormat(day + time)}${local}, ${distanceText(at, now)}`;
}

/** When an issue goes, or was to go, as {@link timeText} says it. */
export function goesText(at: number, timezone: string, now: number): string {
  return `${at > now ? 'goes' : 'was due'} ${timeText(at, timezone, now)}`;
}

/** How far a moment is, such as `in 3 days` or `2 hours ago`. */
export function distanceText(at: number, now: number): string {
  if (Math.abs(at - now) < 1_000) return 'now';
  const base = DateTime.fromMillis(now, { zone: 'utc' });
  return DateTime.fromMillis(at, { zone: 'utc' }).toRelative({ base, locale: 'en' }) ?? '';
}

/** A moment for programs, on the clocks of a time zone. */
export function timeIso(at: number, timezone: string): string | null {
  return DateTime.fromMillis(at, { zone: timezone }).toISO({ suppressMilliseconds: true });
}
