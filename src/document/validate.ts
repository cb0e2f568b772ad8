import { z } from 'zod';
import type { Finding } from '../findings/finding.js';
import { didYouMean, nearest } from '../findings/nearest.js';
import { entryOf } from './causes/entry.js';
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
  const meant = new Set(issues.flatMap(keysMeant));
  // A misspelled key is also a missing one, which would report the error twice.
  const told = issues.filter(({ input, path }) => input !== undefined || !meant.has(JSON.stringify(path)));
  return { findings: told.slice(0, MAX_FINDINGS).flatMap((issue) => findingsFor(document, issue)) };
}

/** The keys that unknown ones were most likely meant to be, as paths in JSON. */
function keysMeant(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = knownKeys(issue.message);
  return issue.keys.flatMap((key) => {
    const wanted = nearest(key, known);
    return wanted === undefined ? [] : [JSON.stringify([...issue.path, wanted])];
  });
}

/** The known keys, which come last in the message about unknown keys. */
function knownKeys(message: string): string[] {
  return (message.split(SEPARATOR).at(-1) ?? '').split(', ').filter(Boolean);
}

function findingsFor(document: SourceDocument, issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split(SEPARATOR);
    const known = knownKeys(issue.message);
    const hint = known.length === 0 ? undefined : `valid keys: ${known.join(', ')}`;
    return issue.keys.slice(0, MAX_FINDINGS).map((key, index) => {
      const position = document.keyAt([...path, key]);
      return document.finding(
        'error',
        'schema/unknown-key',
        position,
        messages[index] ?? issue.message,
        hint,
      );
    });
  }
  const missing = issue.input === undefined;
  const rule = missing ? 'schema/missing' : 'schema/invalid';
  const subject = missing ? `"${path.at(-1) ?? 'value'}" is missing` : subjectOf(path);
  const position = document.at(path);
  if (missing) return [document.finding('error', rule, position, `${subject}: ${issue.message}`)];
  const line = document.text.split('\n', position.line)[position.line - 1]?.replace(/\r$/, '') ?? '';
  const last = path.at(-1);
  const key = typeof last === 'string' ? last : undefined;
  const expected = issue.code === 'invalid_type' ? issue.expected : undefined;
  const hint = valueHint(line, key, { input: issue.input, expected });
  const message = subject + asWritten(issue, line);
  return [document.finding('error', rule, position, message, hint)];
}

/** The sentence for an issue; a number such as 1.10 is shown as written. */
function asWritten({ input, message }: z.core.$ZodIssue, line: string): string {
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
      return `${issue.input === undefined ? 'it' : ''} must be ${article(issue.expected)}${got(issue.input)}`.trim();
    case 'invalid_value': {
      const values = issue.values.map(String);
      const hint = typeof issue.input === 'string' ? didYouMean(issue.input, values) : '';
      return `must be one of ${values.join(', ')}${hint}`;
    }
    case 'invalid_union': {
      const options = issue.inst instanceof z.ZodDiscriminatedUnion ? discriminators(issue.inst) : [];
      if (options.length === 0) return 'is not in any of the allowed forms';
      const given = (issue.input as Record<string, unknown> | undefined)?.type;
      if (given === undefined) return `must be one of ${options.join(', ')}`;
      return `"${given}" is not one of ${options.join(', ')}${didYouMean(String(given), options)}`;
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
