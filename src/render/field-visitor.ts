import { z } from 'zod';
import type { Path } from '../document/document.js';
import { type FieldKind, fieldKinds } from '../templates/fields.js';

/**
 * Maps every text field in validated data. Other values are unchanged.
 * @param visit called for each text field in order, with kind and path
 */
export function visitFields(
  schema: z.core.$ZodType,
  value: unknown,
  visit: (kind: FieldKind, text: string, path: Path) => unknown,
  path: Path = [],
): unknown {
  if (value === undefined) return undefined;
  const plan = planOf(schema);
  if ('inner' in plan) return visitFields(plan.inner, value, visit, path);
  if ('element' in plan && Array.isArray(value)) {
    return value.map((item, index) => visitFields(plan.element, item, visit, [...path, index]));
  }
  if ('shape' in plan) {
    const entries = Object.entries(value as object).map(([key, item]) => {
      const field = plan.shape[key];
      return [key, field ? visitFields(field, item, visit, [...path, key]) : item];
    });
    return Object.fromEntries(entries);
  }
  return 'kind' in plan && typeof value === 'string' ? visit(plan.kind, value, path) : value;
}

/** Whether a path of the issue leads to a list item of its section. */
export function isInList([, , ...field]: Path): boolean {
  return field.some((key) => typeof key === 'number');
}

/** Traversal plan of a schema. */
type Plan =
  | { readonly inner: z.core.$ZodType }
  | { readonly element: z.core.$ZodType }
  | { readonly shape: Readonly<Record<string, z.core.$ZodType>> }
  | { readonly kind: FieldKind }
  | Readonly<Record<never, never>>;

const plans = new WeakMap<z.core.$ZodType, Plan>();

/** Cached per schema, because inspecting a schema is slower than writing most fields. */
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
