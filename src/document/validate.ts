import { z } from 'zod';
import type { Finding } from '../findings/finding.js';
import { didYouMean, nearest } from '../findings/nearest.js';
import { entryOf } from './causes/entry.js';
import { remedyFor } from './causes/remedy.js';
import { sourceOf, valueHint } from './causes/values.js';
import { MAX_FINDINGS, type Path, type SourceDocument } from './document.js';

/** Separates the messages about several keys, and the known keys; zod allows one text per issue. */
const SEPARATOR = '\u0000';

/**
 * Checks the value of a document against a schema.
 * @returns the parsed data, or every finding with its position; never throws.
 */
export function validate<S extends z.ZodType>(
  document: SourceDocument,
  schema: S,
  value: unknown = document.value,
): { data: z.output<S> } | { findings: Finding[] } {
  const result = schema.safeParse(value, { error: sentenceFor, reportInput: true });
  if (result.success) return { data: result.data };
  const { issues } = result.error;
  const meant = new Map(issues.flatMap((issue) => keysMeant(issue, issues)));
  // A misspelled key is also a missing one, which would report the error twice.
  const told = issues.filter(({ input, path }) => input !== undefined || !meant.has(JSON.stringify(path)));
  return { findings: told.slice(0, MAX_FINDINGS).flatMap((issue) => findingsFor(document, issue, meant)) };
}

/** The keys that unknown ones were most likely meant to be, as paths in JSON, each with the unknown one. */
function keysMeant(issue: z.core.$ZodIssue, issues: readonly z.core.$ZodIssue[]): [string, string][] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = knownKeys(issue.message);
  const found = issue.keys.flatMap((key): [string, string][] => {
    const wanted = nearest(key, known);
    return wanted === undefined ? [] : [[JSON.stringify([...issue.path, wanted]), key]];
  });
  const [unknown] = issue.keys;
  const missing = missingIn(issue.path, issues);
  // One key too many and one too few are the same one under another name.
  if (found.length > 0 || unknown === undefined || issue.keys.length > 1 || missing.length !== 1)
    return found;
  return [[JSON.stringify([...issue.path, ...missing]), unknown]];
}

/** The missing keys of the mapping at a path. */
function missingIn(path: readonly PropertyKey[], issues: readonly z.core.$ZodIssue[]): string[] {
  const parent = JSON.stringify(path);
  return issues
    .filter((one) => one.input === undefined && JSON.stringify(one.path.slice(0, -1)) === parent)
    .map((one) => String(one.path.at(-1)));
}

/** The known keys, which come last in the message about unknown keys. */
function knownKeys(message: string): string[] {
  return (message.split(SEPARATOR).at(-1) ?? '').split(', ').filter(Boolean);
}

function findingsFor(
  document: SourceDocument,
  issue: z.core.$ZodIssue,
  meant: ReadonlyMap<string, string>,
): Finding[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split(SEPARATOR);
    const known = knownKeys(issue.message);
    const valid = known.length === 0 ? undefined : `valid keys: ${known.join(', ')}`;
    const insteadOf = (key: string) =>
      known.find((one) => meant.get(JSON.stringify([...issue.path, one])) === key);
    return issue.keys.slice(0, MAX_FINDINGS).map((key, index) => {
      const position = document.keyAt([...path, key]);
      const message = messages[index] ?? issue.message;
      const wanted = message.includes('did you mean') ? undefined : insteadOf(key);
      const hint =
        wanted === undefined ? valid : `"${wanted}" is missing here, so rename the key: ${wanted}:`;
      return document.finding('error', 'schema/unknown-key', position, message, hint);
    });
  }
  const missing = issue.input === undefined;
  const rule = missing ? 'schema/missing' : 'schema/invalid';
  const subject = missing ? `"${path.at(-1) ?? 'value'}" is missing` : subjectOf(path);
  const position = document.at(path);
  const [words = '', listed = ''] = issue.message.split(SEPARATOR);
  const line = document.text.split('\n', position.line)[position.line - 1]?.replace(/\r$/, '') ?? '';
  const last = path.at(-1);
  const key = typeof last === 'string' ? last : undefined;
  const expected = issue.code === 'invalid_type' ? issue.expected : undefined;
  const known = listed.split(', ').filter(Boolean);
  const rejected = { code: issue.code, input: issue.input, expected, key, message: words, known };
  if (missing) {
    return [document.finding('error', rule, position, `${subject}: ${words}`, remedyFor(rejected))];
  }
  const hint = valueHint(line, key, { input: issue.input, expected }) ?? remedyFor(rejected);
  const message = subject + asWritten(issue.input, words, line);
  return [document.finding('error', rule, position, message, hint)];
}

/** The sentence for an issue; a number such as 1.10 is shown as written. */
function asWritten(input: unknown, message: string, line: string): string {
  const entry = typeof input === 'number' ? entryOf(line) : undefined;
  if (!entry || Number(sourceOf(entry)) !== input) return message;
  return message.replace(/(?<=, but it is )\S+$/, sourceOf(entry));
}

function subjectOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return '';
  return typeof last === 'string' ? `"${last}" ` : `item ${last + 1} of "${path.at(-2)}" `;
}

/** The sentence for an issue of zod, so that all schemas use the same words. */
function sentenceFor(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      const messages = issue.keys.map((key) => `unknown key "${key}"${didYouMean(key, known)}`);
      return [...messages, known.join(', ')].join(SEPARATOR);
    }
    case 'invalid_type':
      return withKnown(
        `${issue.input === undefined ? 'it' : ''} must be ${article(issue.expected)}${got(issue.input)}`.trim(),
        issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [],
      );
    case 'invalid_value': {
      const values = issue.values.map(String);
      const hint = typeof issue.input === 'string' ? didYouMean(issue.input, values) : '';
      return `must be one of ${values.join(', ')}${hint}`;
    }
    case 'invalid_union': {
      const options = issue.inst instanceof z.ZodDiscriminatedUnion ? discriminators(issue.inst) : [];
      if (options.length === 0) return 'is not in any of the allowed forms';
      const given = (issue.input as Record<string, unknown> | undefined)?.type;
      if (given === undefined || given === null)
        return withKnown(`must be one of ${options.join(', ')}`, options);
      const guess = didYouMean(String(given).toLowerCase(), options);
      return withKnown(`"${given}" is not one of ${options.join(', ')}${guess}`, options);
    }
    case 'too_small':
      if (issue.origin !== 'number') return 'must not be empty';
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'number'
        ? `must be at most ${issue.maximum}`
        : `must have at most ${issue.maximum} characters`;
    default:
      return undefined;
  }
}

/** A sentence, and what would be valid. */
function withKnown(sentence: string, known: readonly string[]): string {
  return known.length === 0 ? sentence : [sentence, known.join(', ')].join(SEPARATOR);
}

function discriminators(union: z.ZodDiscriminatedUnion): string[] {
  return union.options.flatMap((option) => {
    const type = option instanceof z.ZodObject ? option.shape.type : undefined;
    return type instanceof z.ZodLiteral ? [...type.values].map(String) : [];
  });
}

function article(type: string): string {
  const names: Record<string, string> = {
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list (lines that begin with "- ")',
    object: 'a mapping (lines of the form "key: value")',
    record: 'a mapping (lines of the form "key: value")',
  };
  return names[type] ?? type;
}

function got(input: unknown): string {
  if (input === undefined) return '';
  if (input === null) return ', but it is empty';
  if (Array.isArray(input)) return ', but it is a list';
  return typeof input === 'object' ? ', but it is a mapping' : `, but it is ${JSON.stringify(input)}`;
}
