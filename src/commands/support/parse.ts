import { usageError } from '../../findings/error.js';

/** Reads a whole number of at least 1. */
export function count(flag: string): (text: string) => number {
  return (text) => {
    if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
    throw usageError(`${flag} takes a whole number of at least 1, not "${text}"`);
  };
}

/** As {@link count}, from 0. */
export function countFromZero(flag: string): (text: string) => number {
  return (text) => (text === '0' ? 0 : count(flag)(text));
}

/** Reads the number of a TCP port; 0 stands for any that is free. */
export function portNumber(flag: string): (text: string) => number {
  return (text) => {
    if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
    throw usageError(`${flag} takes the number of a port, 0 to 65535, not "${text}"`);
  };
}

/** One in a quarter of an hour; what is slower is a slip of the finger. */
const LEAST = 0.001;

/** Reads a number that is above 0. */
export function positive(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value >= LEAST) return value;
    throw usageError(`${flag} takes a number of at least ${LEAST}, not "${text}"`);
  };
}

/** Reads a duration such as 90s, 15m, 24h or 2d; milliseconds. */
export function duration(flag: string): (text: string) => number {
  const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return (text) => {
    const match = /^(\d{1,6})([smhd])$/.exec(text);
    const unit = units[match?.[2] ?? ''];
    if (match && unit) return Number(match[1]) * unit;
    throw usageError(`${flag} takes a duration such as 90s, 15m, 24h or 2d, not "${text}"`);
  };
}

/** Reads a date such as 2018-09-18, which has to exist. */
export function calendarDate(flag: string): (text: string) => string {
  return (text) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
    // Date.parse takes February 30 as March 2.
    if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
    throw usageError(`${flag} takes a date such as 2018-09-18, not "${text}"`);
  };
}

export function oneOf<const T extends string>(flag: string, values: readonly T[]): (text: string) => T {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found) return found;
    throw usageError(`${flag} takes ${values.join(', ')}, not "${text}"`);
  };
}

/** Values parted by commas, and the flag given several times. */
export function list(text: string, previous: unknown): string[] {
  const more = text.split(',').map((part) => part.trim());
  return [...(Array.isArray(previous) ? previous : []), ...more.filter((part) => part !== '')];
}

/** Reads `name=value`, and the flag given several times. */
export function pairs(flag: string): (text: string, previous: unknown) => Map<string, string> {
  return (text, previous) => {
    const at = text.indexOf('=');
    const name = text.slice(0, Math.max(0, at)).trim();
    if (name === '') throw usageError(`${flag} takes NAME=VALUE, not "${text}"`);
    return new Map([...(previous instanceof Map ? previous : []), [name, text.slice(at + 1).trim()]]);
  };
}
