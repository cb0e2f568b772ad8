import { z } from 'zod';
import { fieldKinds } from '../templates/fields.js';

type Key = string | number;

/** How each kind of field is written in one form of an issue. */
export interface FieldWriter {
  /** @param path where the field stands in the issue. */
  markdown(text: string, path: readonly Key[]): unknown;
  text(text: string, path: readonly Key[]): unknown;
  url(url: string): unknown;
  picture(source: string): unknown;
  moment(iso: string): unknown;
}

/**
 * Makes of checked data what a template is filled with: every field in the way that its kind asks for.
 * @param visit is told the path of each field before it is written.
 */
export function viewOf(
  schema: z.core.$ZodType,
  value: unknown,
  writer: FieldWriter,
  visit: (path: readonly Key[]) => void,
  path: readonly Key[] = [],
): unknown {
  if (value === undefined) return undefined;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return viewOf(schema.unwrap(), value, writer, visit, path);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((item, index) => viewOf(schema.element, item, writer, visit, [...path, index]));
  }
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries(value as object).map(([key, item]) => {
      const field = schema.shape[key];
      return [key, field ? viewOf(field, item, writer, visit, [...path, key]) : item];
    });
    return Object.fromEntries(entries);
  }
  const kind = fieldKinds.get(schema)?.kind;
  if (kind === undefined || typeof value !== 'string') return value;
  visit(path);
  return writer[kind](value, path);
}
