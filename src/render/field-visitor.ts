import { z } from 'zod';
import { type FieldKind, fieldKinds } from '../templates/fields.js';

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
  const plan = planOf(schema);
  if ('inner' in plan) return viewOf(plan.inner, value, writer, visit, path);
  if ('element' in plan && Array.isArray(value)) {
    return value.map((item, index) => viewOf(plan.element, item, writer, visit, [...path, index]));
  }
  if ('shape' in plan) {
    const entries = Object.entries(value as object).map(([key, item]) => {
      const field = plan.shape[key];
      return [key, field ? viewOf(field, item, writer, visit, [...path, key]) : item];
    });
    return Object.fromEntries(entries);
  }
  if (!('kind' in plan) || typeof value !== 'string') return value;
  visit(path);
  return writer[plan.kind](value, path);
}

/** What a schema says of how its values are written. */
type Plan =
  | { readonly inner: z.core.$ZodType }
  | { readonly element: z.core.$ZodType }
  | { readonly shape: Readonly<Record<string, z.core.$ZodType>> }
  | { readonly kind: FieldKind }
  | Readonly<Record<never, never>>;

const plans = new WeakMap<z.core.$ZodType, Plan>();

/** Asked once of each schema: the answers of the library take longer than the writing of most fields. */
function planOf(schema: z.core.$ZodType): Plan {
  const plan = plans.get(schema) ?? makePlan(schema);
  plans.set(schema, plan);
  return plan;
}

function makePlan(schema: z.core.$ZodType): Plan {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return { inner: schema.unwrap() };
  if (schema instanceof z.ZodArray) return { element: schema.element };
  if (schema instanceof z.ZodObject) return { shape: schema.shape };
  const kind = fieldKinds.get(schema)?.kind;
  return kind === undefined ? {} : { kind };
}
