import { decodeHTMLStrict } from 'entities';

/** Ways of databases and spreadsheets to write that there is no value. */
const NO_VALUE = /^(?:NULL|null|\(null\)|\\N|undefined|NaN|#N\/A|#(?:REF|VALUE|NAME|DIV\/0|NUM|NULL)[!?]?)$/;

/** Further ways of forms and programs to write that there is no name. */
const NO_NAME = /^(?:[-.\u2013\u2014]+|n\/a|none|nil|unknown)$/i;

const NAMES: ReadonlySet<string> = new Set(['first_name', 'last_name', 'name']);

/** A value of an export without HTML entities, and empty when it stands for no value. */
export function cleanValue(column: string, value: string): string {
  const text = value.includes('&') ? decodeHTMLStrict(value).trim() : value.trim();
  if (NO_VALUE.test(text)) return '';
  return NAMES.has(column) && NO_NAME.test(text) ? '' : text;
}

/** Text after a comma that is not a first name. */
const SUFFIX =
  /^(?:jr|sr|[ivx]+|ph\.? ?d|m\.?d|mba|esq|dds|cpa|inc|llc|ltd|gmbh|ag|co|corp|s\.?a|b\.?sc|m\.?sc|m\.?a|b\.?a)\.?$/i;

/** The first and last name of a full name, also when written as `Lovelace, Ada`. */
export function splitName(value: string): { first: string; last: string } {
  const [before = '', after = '', ...more] = value.split(',').map((part) => part.trim());
  if (before !== '' && after !== '' && more.length === 0 && !SUFFIX.test(after)) {
    return { first: after, last: before };
  }
  const [first = '', ...rest] = value.trim().split(/\s+/);
  return { first, last: rest.join(' ') };
}
