import { z } from 'zod';
import { object } from './fields.js';

/** By how many pixels the texts of the mail are narrower than the mail. */
export const MAIL_PADDING = 80;

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
  /** The level of the headings in its texts: below that of the section, if it has one. */
  readonly level: 2 | 3;
  /** By how many pixels its texts are narrower in the mail than those of others, as in a card. */
  readonly inset: number;
}

interface SectionOptions {
  readonly usual?: boolean;
  readonly level?: 2 | 3;
  readonly inset?: number;
}

export function defineSection<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  summary: string,
  fields: Shape,
  { usual = false, level = 3, inset = 0 }: SectionOptions = {},
): SectionType<Name, Shape> {
  const schema = object({ type: z.literal(name), ...fields }) as SectionType<Name, Shape>['schema'];
  return { name, summary, schema, usual, level, inset };
}
