import { stringify } from 'yaml';

/** A text as YAML on one line, quoted where it must be, also between the braces of a mapping. */
export function yamlText(value: string): string {
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  // A block of lines, which stringify takes for a text such as ---Jane, needs an indentation that nobody here knows.
  if (!/[,[\]{}\n]/.test(plain)) return plain;
  return stringify(value, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE' }).trimEnd();
}
