import { DateTime } from 'luxon';
import { didYouMean } from '../findings/nearest.js';

/** A date or time, and the time zone that may follow it in brackets (RFC 9557). */
export interface ZonedTime {
  /** Without the brackets. */
  readonly local: string;
  /** Name of a time zone as Luxon takes it. */
  readonly zone: string | undefined;
}

/** `2026-03-10T14:00[Europe/Berlin]`, and with `!`, which says that a program must not ignore the zone. */
const ZONED = /^([^[\]]*T[^[\]]*)\[!?([^[\]=]+)\]$/;
const FIXED_OFFSET = /^[+-]\d\d:\d\d$/;
/** `Z` before a time zone says nothing about the offset there (RFC 9557 section 2). */
const LOCAL_OFFSET = /T.*?([+-]\d\d(?::?\d\d)?)$/;

/** Takes a date or time apart; what has no time zone in brackets stays as it is. */
export function zonedTime(text: string): ZonedTime {
  const [, local = text, zone] = ZONED.exec(text) ?? [];
  return { local, zone: zone !== undefined && FIXED_OFFSET.test(zone) ? `UTC${zone}` : zone };
}

/** What is wrong with the brackets of a date or time that is right without them; undefined when nothing is. */
export function zoneProblem(text: string): string | undefined {
  if (!text.includes('[')) return undefined;
  const { local, zone } = zonedTime(text);
  if (zone === undefined) return 'may have one time zone in brackets, as in 2026-03-10T14:00[Europe/Berlin]';
  const moment = DateTime.fromISO(local, { zone });
  if (!moment.isValid) {
    return `names a time zone that does not exist: "${zone}"${didYouMean(zone, Intl.supportedValuesOf('timeZone'))}`;
  }
  const written = LOCAL_OFFSET.exec(local)?.[1];
  if (written === undefined) return undefined;
  const own = DateTime.fromISO(local, { setZone: true }).offset;
  if (own === moment.offset) return undefined;
  return `has the offset ${written}, but ${zone} is ${moment.toFormat('ZZ')} then; leave one of the two out`;
}
