import { stringify } from 'yaml';

/** A text as a YAML scalar on one line, quoted if necessary, also for use in a flow mapping. */
export function yamlText(value: string): string {
  const plain = stringify(value, { lineWidth: 0 }).trimEnd();
  // stringify may return a block of lines, as for ---Jane, whose indentation is not known here.
  if (!/[,[\]{}\n]/.test(plain)) return plain;
  const onOneLine = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY };
  return stringify(value, { ...onOneLine, defaultStringType: 'QUOTE_DOUBLE' }).trimEnd();
}
