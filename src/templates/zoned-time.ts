import { DateTime } from 'luxon';
import { didYouMean } from '../findings/nearest.js';

/** A date or time with an optional time zone in brackets (RFC 9557). */
export interface ZonedTime {
  /** Without the brackets. */
  readonly local: string;
  /** Time zone name as Luxon accepts it. */
  readonly zone: string | undefined;
}

/**
 * Matches `2026-03-10T14:00[Europe/Berlin]`. A `!` before the zone means that programs must not
 * ignore it.
 */
const ZONED = /^([^[\]]*T[^[\]]*)\[!?([^[\]=]+)\]$/;
const FIXED_OFFSET = /^[+-]\d\d:\d\d$/;
/** `Z` before a time zone does not state the local offset (RFC 9557 section 2). */
const LOCAL_OFFSET = /T.*?([+-]\d\d(?::?\d\d)?)$/;

/** Splits a date or time from its time zone. Text without a zone in brackets is unchanged. */
export function zonedTime(text: string): ZonedTime {
  const [, local = text, zone] = ZONED.exec(text) ?? [];
  return { local, zone: zone !== undefined && FIXED_OFFSET.test(zone) ? `UTC${zone}` : zone };
}

/**
 * The problem with the bracketed zone of an otherwise valid date or time; undefined if it is valid.
 */
export function zoneProblem(text: string): string | undefined {
  if (!text.includes('[')) return undefined;
  const { local, zone } = zonedTime(text);
  if (zone === undefined) return 'can have one time zone in brackets, as in 2026-03-10T14:00[Europe/Berlin]';
  const moment = DateTime.fromISO(local, { zone });
  if (!moment.isValid) {
    return `names a time zone that does not exist: "${zone}"${didYouMean(zone, Intl.supportedValuesOf('timeZone'))}`;
  }
  const written = LOCAL_OFFSET.exec(local)?.[1];
  if (written === undefined) return undefined;
  const own = DateTime.fromISO(local, { setZone: true }).offset;
  if (own === moment.offset) return undefined;
  return `has the offset ${written}, but ${zone} is ${moment.toFormat('ZZ')} then; remove one of the two`;
}
