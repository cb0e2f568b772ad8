import { type Entry, entryOf, quoted, withValue } from './entry.js';
import { ODD_SPACES } from './indentation.js';

/** A value that the schema rejects. */
interface Refused {
  readonly input: unknown;
  /** The type that the schema expects, as zod calls it; undefined when it expects more than a type. */
  readonly expected: string | undefined;
  /** The value as written, without a comment after it. */
  readonly source: string;
}

/** One way in which a value is not what its author meant. */
export interface ValueCause {
  readonly name: string;
  /** Lines of an issue that are rejected for this cause, with their correction. */
  readonly examples: readonly (readonly [bad: string, corrected: string])[];
  readonly hint: string;
  /** The corrected value; undefined when this is not the cause. */
  correct(refused: Refused): string | undefined;
}

const YES = /^["']?(?:yes|on|y|true)["']?$/i;
const NO = /^["']?(?:no|off|n|false)["']?$/i;

/** To add a cause, add a record here. */
export const valueCauses: readonly ValueCause[] = [
  {
    name: 'odd-space',
    examples: [
      ['date: 2026-03-03\u00a0', 'date: 2026-03-03'],
      ['date: \u200b2026-03-03', 'date: 2026-03-03'],
      ['date: \u00a02026-03-03', 'date: 2026-03-03'],
    ],
    hint: 'delete the special space or invisible character, and type the value again',
    correct({ input, expected, source }) {
      const isOdd = expected !== 'string' && typeof input === 'string' && source.search(ODD_SPACES) >= 0;
      return isOdd ? source.replace(ODD_SPACES, '') : undefined;
    },
  },
  {
    name: 'number-with-hash',
    examples: [['number: #1', 'number: 1']],
    hint: 'write the number alone',
    correct: ({ input, expected, source }) =>
      input === null && expected !== 'string' ? /^#(\d{1,9})$/.exec(source)?.[1] : undefined,
  },
  {
    name: 'comment',
    examples: [
      ['title: #serverless', 'title: "#serverless"'],
      ['subject: #1', 'subject: "#1"'],
    ],
    hint: 'put the value in quotes: in YAML, # after a space begins a comment',
    correct: ({ input, source }) => (input === null && source.startsWith('#') ? quoted(source) : undefined),
  },
  {
    name: 'number-as-text',
    examples: [
      ['title: 2026', 'title: "2026"'],
      ['title: 1.10', 'title: "1.10"'],
      ['title: true', 'title: "true"'],
      ['title: null', 'title: "null"'],
    ],
    hint: 'put the text in quotes',
    correct({ input, expected, source }) {
      const other =
        typeof input === 'number' || typeof input === 'boolean' || (input === null && source !== '');
      return expected === 'string' && other ? quoted(source) : undefined;
    },
  },
  {
    name: 'brackets-as-text',
    examples: [
      ['title: [WIP]', 'title: "[WIP]"'],
      ['title: {draft}', 'title: "{draft}"'],
    ],
    hint: 'put the text in quotes',
    correct({ input, expected, source }) {
      const isList = typeof input === 'object' && /^(?:\[.*\]|\{.*\})$/.test(source);
      return isList && expected === 'string' ? quoted(source) : undefined;
    },
  },
  {
    name: 'typographic-quotes',
    examples: [
      ['date: “2026-01-05”', 'date: 2026-01-05'],
      ['draft: “true”', 'draft: true'],
    ],
    hint: 'delete the quotes, or type straight ones',
    correct({ input, expected, source }) {
      const inner = /^[“”„‘’«](.+)[“”‘’»]$/.exec(source)?.[1];
      return typeof input === 'string' && expected !== 'string' ? inner : undefined;
    },
  },
  {
    name: 'date',
    examples: [
      ['date: 2026-1-5', 'date: 2026-01-05'],
      ['date: 2026/01/05', 'date: 2026-01-05'],
      ['date: 2026-01-05T09:00', 'date: 2026-01-05'],
      ['date: 5.1.2026', 'date: 2026-01-05'],
      ['send_at: 2026-01-05 9:00', 'send_at: 2026-01-05T09:00'],
    ],
    hint: 'write the year, the month and the day, and T before a time',
    correct: ({ input, expected, source }) =>
      typeof input === 'string' && expected === undefined ? isoDate(source) : undefined,
  },
  {
    name: 'path',
    examples: [],
    hint: 'write / for \\, and a path below issues/',
    correct({ input, expected, source }) {
      const path = /^["']?([\w-]+(?:\\[\w .-]+)+)["']?$/.exec(source)?.[1];
      return typeof input === 'string' && expected === undefined ? path?.replaceAll('\\', '/') : undefined;
    },
  },
  {
    name: 'url',
    examples: [],
    hint: 'write the full URL',
    correct({ input, expected, source }) {
      if (typeof input !== 'string' || expected !== undefined) return undefined;
      const host = /^(?:h?t?t?ps?:?\/{0,2})?((?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#]\S*)?)$/i.exec(source)?.[1];
      return host === undefined ? undefined : `https://${host}`;
    },
  },
  {
    name: 'word-as-boolean',
    examples: [
      ['draft: yes', 'draft: true'],
      ['draft: Off', 'draft: false'],
      ['draft: "true"', 'draft: true'],
    ],
    hint: 'write true or false, without quotes',
    correct({ input, expected, source }) {
      if (expected !== 'boolean' || typeof input !== 'string') return undefined;
      if (YES.test(source)) return 'true';
      return NO.test(source) ? 'false' : undefined;
    },
  },
  {
    name: 'text-as-number',
    examples: [['number: "1"', 'number: 1']],
    hint: 'write the number without quotes',
    correct({ input, expected }) {
      const wanted = expected === 'number' || expected === 'int';
      return wanted && typeof input === 'string' && /^-?\d+(?:\.\d+)?$/.test(input.trim())
        ? input.trim()
        : undefined;
    },
  },
];

/** A date, with its time if it has one, as it must be written; undefined for a text that is not clearly one. */
function isoDate(source: string): string | undefined {
  const [, y, m, d, hour, minute] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2}))?$/.exec(source) ?? [];
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(source) ?? [];
  const two = (digits = '') => digits.padStart(2, '0');
  if (year !== undefined) return `${year}-${two(month)}-${two(day)}`;
  if (y === undefined) return undefined;
  const date = `${y}-${two(m)}-${two(d)}`;
  const written = hour === undefined ? date : `${date}T${two(hour)}:${minute}`;
  // A time where only a day is wanted.
  const right = written === source ? date : written;
  return right === source || Number.isNaN(Date.parse(right)) ? undefined : right;
}

/**
 * What to do about a value that the schema rejects, with the corrected line.
 * @param key of the value; undefined for an item of a list
 */
export function valueHint(
  line: string,
  key: string | undefined,
  refused: Omit<Refused, 'source'>,
): string | undefined {
  const entry = entryOf(line);
  if (!entry || entry.key !== key) return undefined;
  const source = sourceOf(entry);
  for (const { hint, correct } of valueCauses) {
    const value = correct({ ...refused, source });
    if (value !== undefined) return `${hint}: ${withValue(entry, value).trim()}`;
  }
  return undefined;
}

/** A value as written on its line, without a comment. */
export function sourceOf({ value }: Entry): string {
  return /^["'#]/.test(value) ? value : value.replace(/[ \t]+#.*$/, '');
}
