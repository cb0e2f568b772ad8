import { z } from 'zod';
import { object } from './fields.js';

/**
 * A kind of section. Its folder, sections/NAME, holds one template for each form (email.mjml.hbs, web.html.hbs,
 * text.txt.hbs) and sample.yaml, what `obn new` writes.
 */
export interface SectionType<Name extends string = string, Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: Name;
  /** One line for people who choose among the types. */
  readonly summary: string;
  readonly schema: z.ZodObject<Shape & { type: z.ZodLiteral<Name> }, z.core.$strict>;
  /** Whether an issue scaffolded without a choice of sections has it. */
  readonly usual: boolean;
}

export function defineSection<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  summary: string,
  fields: Shape,
  options: { usual: boolean } = { usual: false },
): SectionType<Name, Shape> {
  const schema = object({ type: z.literal(name), ...fields }) as SectionType<Name, Shape>['schema'];
  return { name, summary, schema, usual: options.usual };
}
