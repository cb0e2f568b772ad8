import { z } from 'zod';
import type { Finding } from '../findings/finding.js';
import { didYouMean } from '../findings/nearest.js';
import type { Path, SourceDocument } from './document.js';

/** Keys that several messages in one text are parted by; zod has room for one message per issue only. */
const SEPARATOR = '\u0000';

/**
 * Checks the value of a document against a schema.
 * @returns the parsed data, or every finding with its place; never throws.
 */
export function validate<S extends z.ZodType>(
  document: SourceDocument,
  schema: S,
  value: unknown = document.value,
): { data: z.output<S> } | { findings: Finding[] } {
  const result = schema.safeParse(value, { error: sentenceFor, reportInput: true });
  if (result.success) return { data: result.data };
  return { findings: result.error.issues.flatMap((issue) => findingsFor(document, issue)) };
}

function findingsFor(document: SourceDocument, issue: z.core.$ZodIssue): Finding[] {
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split(SEPARATOR);
    return issue.keys.map((key, index) => {
      const position = document.keyAt([...path, key]);
      return document.finding('error', 'schema/unknown-key', position, messages[index] ?? issue.message);
    });
  }
  const missing = issue.input === undefined;
  const rule = missing ? 'schema/missing' : 'schema/invalid';
  const subject = missing ? `"${path.at(-1) ?? 'value'}" is missing` : subjectOf(path);
  const message = missing ? `${subject}: ${issue.message}` : `${subject}${issue.message}`;
  return [document.finding('error', rule, document.at(path), message)];
}

function subjectOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return '';
  return typeof last === 'string' ? `"${last}" ` : `item ${last + 1} of "${path.at(-2)}" `;
}

/** The sentence for what zod found, so that all schemas speak with one voice. */
function sentenceFor(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      return issue.keys.map((key) => `unknown key "${key}"${didYouMean(key, known)}`).join(SEPARATOR);
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
      if (options.length === 0) return 'has none of the forms that are allowed here';
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
    string: 'a text',
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
  if (input === null) return ', and it is empty';
  if (Array.isArray(input)) return ', and it is a list';
  return typeof input === 'object' ? ', and it is a mapping' : `, and it is ${JSON.stringify(input)}`;
}
