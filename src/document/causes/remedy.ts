import { nearest } from '../../findings/nearest.js';

/** What the schema rejects, and why. */
export interface Rejected {
  /** The code of zod. */
  readonly code: string;
  /** The type that the schema expects, as zod calls it; undefined when it expects more than a type. */
  readonly expected: string | undefined;
  readonly input: unknown;
  readonly key: string | undefined;
  readonly message: string;
  /** The keys of a mapping, or the types of a section, that would be valid. */
  readonly known: readonly string[];
}

const LIST = 'begin each item on a line of its own with "- "';

/** What to do about a value whose cause is not known more exactly. */
export function remedyFor(rejected: Rejected): string {
  const { code, expected, input, key, known } = rejected;
  if (code === 'invalid_union' && known.length > 0) return typeRemedy(input, known);
  if (code === 'invalid_value') return 'write one of these values';
  if (code === 'too_small' && typeof input === 'string')
    return 'write the text, or delete the key if it is not required; below |, indent every line of the text';
  if (code === 'too_small' && Array.isArray(input)) return LIST;
  if (code === 'too_small') return 'write a larger number';
  if (code === 'too_big')
    return typeof input === 'number' ? 'write a smaller number' : 'write a shorter text';
  if (input === undefined) return missingRemedy(rejected);
  if (expected === 'array') return LIST;
  if (expected === 'object' || expected === 'record') return mappingRemedy(known);
  if (expected === 'boolean') return 'write true or false';
  if (expected === 'number' || expected === 'int') return 'write a whole number, in digits';
  if (expected === 'string') return textRemedy(input, key);
  return exampleRemedy(rejected);
}

function typeRemedy(input: unknown, known: readonly string[]): string {
  const section = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  // The name of the type is sometimes written as the key.
  const given =
    typeof section.type === 'string' ? section.type : Object.keys(section).find((key) => known.includes(key));
  const wanted = given === undefined ? undefined : nearest(given.toLowerCase(), known);
  if (wanted !== undefined) return `write it like this: - type: ${wanted}`;
  return `begin the section with its type, such as - type: ${known[0]}`;
}

function missingRemedy({ key, expected }: Rejected): string {
  if (key === undefined) return 'write the value';
  if (expected === 'array') return `add a line "${key}:", and below it the items: ${LIST}`;
  return `add a line that begins with "${key}: "`;
}

function mappingRemedy(known: readonly string[]): string {
  const keys = known.length === 0 ? '' : `; valid keys: ${known.join(', ')}`;
  return `write each "key: value" on a line of its own, indented${keys}`;
}

function textRemedy(input: unknown, key: string | undefined): string {
  if (input === null) return 'write the text after the colon, or delete the key if it is not required';
  if (typeof input !== 'object') return 'put the text in quotes';
  if (key === undefined) return 'put the text in quotes, or below | and indented';
  return `put | after the key, so that every line below it is text: ${key}: |`;
}

/** Many rules of a schema say what a value may look like. */
function exampleRemedy({ key, message }: Rejected): string {
  const example = /such as (\S+?)(?:,| or |$)/.exec(message)?.[1];
  if (example !== undefined) return `write it like this: ${key === undefined ? '' : `${key}: `}${example}`;
  const start = /begins with (\S+?)(?:,| or |$)/.exec(message)?.[1];
  if (start !== undefined) return `write the full URL, beginning with ${start}`;
  return 'change the value, or delete the key if it is not required';
}
