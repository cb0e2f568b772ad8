import { z } from 'zod';
import { FIELD_VALUES, fieldKinds } from './fields.js';

/** A key of a mapping, for people who write one. */
export interface FieldRow {
  /** Such as `items[].title`. */
  readonly path: string;
  /** What its value is, such as `one line of text`. */
  readonly value: string;
  readonly required: boolean;
  /** Markdown. */
  readonly description: string;
  readonly examples: readonly unknown[];
}

/** Every key of a mapping, and those of the mappings and lists in it, in their order. */
export function fieldRows(schema: z.ZodObject, above = ''): FieldRow[] {
  return Object.entries(schema.shape).flatMap(([key, field]) => rowsOf(`${above}${key}`, field as z.ZodType));
}

function rowsOf(path: string, written: z.ZodType): FieldRow[] {
  const { field, required } = unwrapped(written);
  const { description = '', examples = [] } = { ...field.meta(), ...written.meta() };
  const row = (value: string): FieldRow => {
    return { path, value, required, description, examples: examples as readonly unknown[] };
  };
  if (field instanceof z.ZodObject) return [row('mapping'), ...fieldRows(field, `${path}.`)];
  if (field instanceof z.ZodArray) {
    const inner = field.element instanceof z.ZodObject ? fieldRows(field.element, `${path}[].`) : [];
    return [row('list'), ...inner];
  }
  return [row(valueName(field))];
}

function unwrapped(field: z.ZodType): { field: z.ZodType; required: boolean } {
  if (!(field instanceof z.ZodOptional || field instanceof z.ZodDefault)) return { field, required: true };
  return { field: unwrapped(field.unwrap() as z.ZodType).field, required: false };
}

function valueName(field: z.ZodType): string {
  const kind = fieldKinds.get(field)?.kind;
  if (kind) return FIELD_VALUES[kind];
  if (field instanceof z.ZodNumber) return 'number';
  if (field instanceof z.ZodBoolean) return '`true` or `false`';
  return field instanceof z.ZodString ? 'text' : 'value';
}
