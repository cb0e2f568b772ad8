import { usageError } from '../../findings/error.js';

// Each parser takes the value, the result of an earlier use of the option, and the name of the option.

/** Reads a whole number of at least 1. */
export function count(text: string, _: unknown, flag: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`${flag} takes a whole number of at least 1, not "${text}"`);
}

/** As {@link count}, from 0. */
export function countFromZero(text: string, previous: unknown, flag: string): number {
  return text === '0' ? 0 : count(text, previous, flag);
}

/** Reads a TCP port; 0 means any free port. */
export function portNumber(text: string, _: unknown, flag: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw usageError(`${flag} takes a port number, 0 to 65535, not "${text}"`);
}

/** About one message in 17 minutes. A lower rate is most likely a typo. */
const LEAST = 0.001;

/** Reads a number of at least {@link LEAST}. */
export function positive(text: string, _: unknown, flag: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= LEAST) return value;
  throw usageError(`${flag} takes a number of at least ${LEAST}, not "${text}"`);
}

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a duration such as 90s, 15m, 24h or 2d. @returns milliseconds */
export function duration(text: string, _: unknown, flag: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text);
  const unit = UNITS[match?.[2] ?? ''];
  if (match && unit) return Number(match[1]) * unit;
  throw usageError(`${flag} takes a duration such as 90s, 15m, 24h or 2d, not "${text}"`);
}

/** Reads an existing date such as 2018-09-18. */
export function calendarDate(text: string, _: unknown, flag: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse reads February 30 as March 2.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw usageError(`${flag} takes a date, YYYY-MM-DD, such as 2026-12-01, not "${text}"`);
}

/** Reads one of the given words. */
export function oneOf<const T extends string>(values: readonly T[]) {
  return (text: string, _: unknown, flag: string): T => {
    const found = values.find((value) => value === text);
    if (found) return found;
    throw usageError(`${flag} takes one of ${values.join(', ')}, not "${text}"`);
  };
}

/** Collects comma-separated values of an option that may be repeated. */
export function list(text: string, previous: unknown): string[] {
  const more = text.split(',').map((part) => part.trim());
  return [...(Array.isArray(previous) ? previous : []), ...more.filter((part) => part !== '')];
}

/** Collects `name=value` of an option that may be repeated. @param read parses the value; default: kept as text */
export function pairs<T = string>(read?: (text: string, previous: undefined, flag: string) => T) {
  return (text: string, previous: unknown, flag: string): Map<string, T | string> => {
    const at = text.indexOf('=');
    const name = text.slice(0, Math.max(0, at)).trim();
    if (name === '') throw usageError(`${flag} takes NAME=VALUE, not "${text}"`);
    const value = text.slice(at + 1).trim();
    const before = previous instanceof Map ? previous : [];
    return new Map([...before, [name, read ? read(value, undefined, flag) : value]]);
  };
}
