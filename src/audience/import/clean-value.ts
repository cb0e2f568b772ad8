import { decodeHTMLStrict } from 'entities';

/** What databases and spreadsheets write where there is no value. */
const NO_VALUE = /^(?:NULL|null|\(null\)|\\N|undefined|NaN|#N\/A|#(?:REF|VALUE|NAME|DIV\/0|NUM|NULL)[!?]?)$/;

/** What else forms and programs write where there is no name. */
const NO_NAME = /^(?:[-.\u2013\u2014]+|n\/a|none|nil|unknown)$/i;

const NAMES: ReadonlySet<string> = new Set(['first_name', 'last_name', 'name']);

/** A value of an export as a person would write it: without HTML entities, and empty where there is none. */
export function cleanValue(column: string, value: string): string {
  const text = value.includes('&') ? decodeHTMLStrict(value).trim() : value.trim();
  if (NO_VALUE.test(text)) return '';
  return NAMES.has(column) && NO_NAME.test(text) ? '' : text;
}

/** What follows a comma after a name without being its first name. */
const SUFFIX =
  /^(?:jr|sr|[ivx]+|ph\.? ?d|m\.?d|mba|esq|dds|cpa|inc|llc|ltd|gmbh|ag|co|corp|s\.?a|b\.?sc|m\.?sc|m\.?a|b\.?a)\.?$/i;

/** First and last name of a whole name, also of one that is written `Lovelace, Ada`. */
export function splitName(value: string): { first: string; last: string } {
  const [before = '', after = '', ...more] = value.split(',').map((part) => part.trim());
  if (before !== '' && after !== '' && more.length === 0 && !SUFFIX.test(after)) {
    return { first: after, last: before };
  }
  const [first = '', ...rest] = value.trim().split(/\s+/);
  return { first, last: rest.join(' ') };
}
