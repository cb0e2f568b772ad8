/** The order of day and month in a date such as 5/6/2019. */
export type DateOrder = 'day-first' | 'month-first';

export interface ReadDate {
  /** In ISO 8601, with a time zone only if one is written. */
  readonly iso: string;
  /** The only possible order; undefined when both are possible, or the format has only one. */
  readonly order?: DateOrder;
  /** Whether day and month cannot be told apart. */
  readonly isAmbiguous: boolean;
}

const TIME = String.raw`(?:[T ,]+(\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?\s*(?:[ap]\.?m\.?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?`;
const ISO = new RegExp(`^(\\d{4})-(\\d{2})(?:-(\\d{2})${TIME})?$`, 'i');
const SLASHES = new RegExp(`^(\\d{1,2})([/.-])(\\d{1,2})\\2(\\d{4}|\\d{2})${TIME}$`, 'i');
const YEAR_FIRST = new RegExp(`^(\\d{4})[/.](\\d{1,2})[/.](\\d{1,2})${TIME}$`, 'i');
const NAMED = new RegExp(
  `^(?:(\\d{1,2})\\.?[ -]+([a-z]{3,9})\\.?|([a-z]{3,9})\\.? +(\\d{1,2})),?[ -]+(\\d{4})${TIME}$`,
  'i',
);
const EPOCH = /^(?:\d{9,10}|\d{12,13})$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Whether a text is an ISO 8601 date, with or without a day, such as 2020-01. */
export function isIsoDate(text: string): boolean {
  const [, year, month, day = '01'] = ISO.exec(text.trim()) ?? [];
  return year !== undefined && month !== undefined && isDay(Number(year), Number(month), Number(day));
}

/** An ISO 8601 date in milliseconds since 1970; undefined for another text. */
export function dateScale(text: string): number | undefined {
  if (!isIsoDate(text)) return undefined;
  const written = text
    .trim()
    .replace(/\s+(?=UTC|GMT|[+-]\d)/i, '')
    .replace(' ', 'T');
  const known =
    /T/.test(written) && !/(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i.test(written) ? `${written}Z` : written;
  const time = Date.parse(known.replace(/(?:UTC|GMT)$/i, 'Z'));
  return Number.isNaN(time) ? undefined : time;
}

/** An ISO 8601 date as a fractional year, such as 2019.5. */
export function yearScale(text: string): number | undefined {
  const time = dateScale(text);
  if (time === undefined) return undefined;
  const year = new Date(time).getUTCFullYear();
  const start = Date.UTC(year, 0, 1);
  return year + (time - start) / (Date.UTC(year + 1, 0, 1) - start);
}

/** Parses a date in the usual formats; undefined for another text. @param order of day and month, if known */
export function dateOf(text: string, order?: DateOrder): ReadDate | undefined {
  const written = text.trim();
  if (isIsoDate(written)) return { iso: written, isAmbiguous: false };
  return fromSlashes(written, order) ?? fromYear(written) ?? fromName(written) ?? fromEpoch(written);
}

function fromSlashes(text: string, order: DateOrder | undefined): ReadDate | undefined {
  const [, first, mark, second, written, time, zone] = SLASHES.exec(text) ?? [];
  if (first === undefined || second === undefined || written === undefined) return undefined;
  const year =
    written.length === 4 ? Number(written) : Number(written) + (Number(written) < 70 ? 2000 : 1900);
  const dayFirst = isoOf(year, Number(second), Number(first), time, zone);
  // With dots, the day always comes first.
  const monthFirst = mark === '.' ? undefined : isoOf(year, Number(first), Number(second), time, zone);
  if (dayFirst === undefined || monthFirst === undefined || dayFirst === monthFirst) {
    const iso = dayFirst ?? monthFirst;
    if (iso === undefined) return undefined;
    const only = dayFirst === undefined ? 'month-first' : 'day-first';
    return { iso, isAmbiguous: false, ...(mark === '.' || dayFirst === monthFirst ? {} : { order: only }) };
  }
  return { iso: order === 'month-first' ? monthFirst : dayFirst, isAmbiguous: order === undefined };
}

function fromYear(text: string): ReadDate | undefined {
  const [, year, month, day, time, zone] = YEAR_FIRST.exec(text) ?? [];
  const iso = isoOf(Number(year), Number(month), Number(day), time, zone);
  return iso === undefined ? undefined : { iso, isAmbiguous: false };
}

function fromName(text: string): ReadDate | undefined {
  const [, dayBefore, nameAfter, nameBefore, dayAfter, year, time, zone] = NAMED.exec(text) ?? [];
  const month = MONTHS.indexOf((nameAfter ?? nameBefore ?? '').slice(0, 3).toLowerCase()) + 1;
  const iso = isoOf(Number(year), month, Number(dayBefore ?? dayAfter), time, zone);
  return iso === undefined ? undefined : { iso, isAmbiguous: false };
}

/** Seconds or milliseconds since 1970. */
function fromEpoch(text: string): ReadDate | undefined {
  if (!EPOCH.test(text)) return undefined;
  const time = Number(text) * (text.length <= 10 ? 1000 : 1);
  return { iso: new Date(time).toISOString(), isAmbiguous: false };
}

function isoOf(year: number, month: number, day: number, time?: string, zone?: string): string | undefined {
  if (!isDay(year, month, day)) return undefined;
  const date = `${year}-${two(month)}-${two(day)}`;
  if (time === undefined) return date;
  const [, hours, minutes, seconds = '00', half] =
    /^(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap])?/i.exec(time) ?? [];
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  const known = zone === undefined ? '' : zone.replace(/^(?:UTC|GMT)$/i, 'Z').toUpperCase();
  return hour > 23 ? undefined : `${date}T${two(hour)}:${minutes}:${seconds}${known}`;
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
