import { DateTime } from 'luxon';
import { DATE_COLUMNS } from '../templates/section.js';
import { zonedTime } from '../templates/zoned-time.js';
import { columns, GLUE } from './wrap.js';

/** A date for templates, in the language and time zone of the newsletter. */
export interface DateView {
  /** ISO 8601 without a bracketed time zone, which HTML does not support. */
  readonly iso: string;
  /** Short month name. */
  readonly month: string;
  readonly day: string;
  readonly long_date: string;
  /** Time of day; undefined for a whole day. */
  readonly time: string | undefined;
  readonly zone: string;
  /** Month and day, padded to the column width before an event in plain text. */
  readonly leaf: string;
}

export interface Locale {
  readonly language: string;
  readonly timezone: string;
}

/**
 * Cache: creating a view is slower than rendering a section, and every form of an issue needs the same views.
 */
const views = new WeakMap<Locale, Map<string, DateView>>();

/**
 * @param iso an ISO 8601 date, or date and time. With an offset or time zone (RFC 9557) it is shown in that
 * zone; otherwise in the time zone of the locale.
 */
export function dateView(iso: string, locale: Locale): DateView {
  const known = views.get(locale) ?? new Map<string, DateView>();
  views.set(locale, known);
  const view = known.get(iso) ?? makeView(iso, locale);
  known.set(iso, view);
  return view;
}

/** Parts are computed on first use, because no template needs all of them. */
function makeView(iso: string, { language, timezone }: Locale): DateView {
  const { local, zone: own } = zonedTime(iso);
  const moment = once(() =>
    DateTime.fromISO(local, {
      zone: own ?? timezone,
      setZone: own === undefined && hasOffset(local),
    }).setLocale(language),
  );
  const month = once(() => moment().toFormat('LLL').replace('.', ''));
  const day = once(() => moment().toFormat('d'));
  const longDate = once(() => moment().toLocaleString(DateTime.DATE_FULL));
  const time = once(() => moment().toLocaleString(DateTime.TIME_SIMPLE).replaceAll(' ', GLUE));
  const zone = once(() => moment().offsetNameShort ?? timezone);
  return {
    get iso() {
      return own === undefined
        ? iso
        : (moment().toISO({ suppressSeconds: true, suppressMilliseconds: true }) ?? local);
    },
    get month() {
      return month();
    },
    get day() {
      return day();
    },
    get long_date() {
      return longDate();
    },
    get time() {
      return local.includes('T') ? time() : undefined;
    },
    get zone() {
      return zone();
    },
    get leaf() {
      const leaf = `${month()} ${day()}`;
      return leaf + ' '.repeat(Math.max(1, DATE_COLUMNS - columns(leaf)));
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A time range such as `September 27, 2018, 1:00 PM – 2:00 PM EDT`, without a line break before the zone. */
export function period(starts: DateView, ends: DateView | undefined): string {
  const start = [starts.long_date, starts.time].filter(Boolean).join(', ');
  const zone = starts.time ? `${GLUE}${starts.zone}` : '';
  if (!ends) return start + zone;
  const end =
    ends.long_date === starts.long_date ? ends.time : [ends.long_date, ends.time].filter(Boolean).join(', ');
  if (!end) return start + zone;
  return ends.time && starts.zone !== ends.zone
    ? `${start}${zone} – ${end}${GLUE}${ends.zone}`
    : `${start} – ${end}${zone}`;
}

/**
 * Converts a date or time to milliseconds since 1970. A local time that occurs twice is the first one. A
 * skipped local time moves forward by the clock change.
 * @param timezone time zone of a value without an offset
 * @param edge start or end of the day, for a date
 */
export function instantOf(iso: string, timezone: string, edge: 'start' | 'end' = 'start'): number {
  const { local, zone = timezone } = zonedTime(iso);
  const moment = DateTime.fromISO(local, { zone });
  if (edge === 'end' && !local.includes('T')) return moment.endOf('day').toMillis();
  if (hasOffset(local)) return moment.toMillis();
  return Math.min(...moment.getPossibleOffsets().map((one) => one.toMillis()));
}

function hasOffset(iso: string): boolean {
  return /T.*(Z|[+-]\d\d(:?\d\d)?)$/i.test(iso);
}

/** Effect of a clock change on a local time. */
export type ClockChange =
  /** The time is skipped. `instead` is the local time that follows. */
  | { readonly kind: 'missing'; readonly instead: string }
  /** The time occurs twice, with these offsets. */
  | { readonly kind: 'twice'; readonly offsets: readonly string[] };

/**
 * Whether a time without an offset is skipped or occurs twice in a time zone; undefined if it occurs once.
 */
export function clockChangeAt(iso: string, timezone: string): ClockChange | undefined {
  const { local: time, zone = timezone } = zonedTime(iso);
  if (!time.includes('T') || hasOffset(time)) return undefined;
  const moment = DateTime.fromISO(time, { zone });
  if (!moment.isValid) return undefined;
  const local = "yyyy-MM-dd'T'HH:mm";
  const shown = moment.toFormat(local);
  if (shown !== DateTime.fromISO(time, { zone: 'utc' }).toFormat(local))
    return { kind: 'missing', instead: shown };
  const possible = moment.getPossibleOffsets().toSorted((a, b) => a.toMillis() - b.toMillis());
  if (possible.length < 2) return undefined;
  return { kind: 'twice', offsets: possible.map((one) => one.toFormat('ZZ')) };
}
