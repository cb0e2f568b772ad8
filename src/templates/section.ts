import { z } from 'zod';
import { object } from './fields.js';

/** By how many pixels the texts of the mail are narrower than the mail. */
export const MAIL_PADDING = 80;

/** How many columns the date before an event takes in plain text. */
export const DATE_COLUMNS = 9;

/** What is special about a kind of section. */
export interface SectionTraits<Field extends string = string> {
  /** Whether an issue scaffolded without a choice of sections has it. Default: no. */
  readonly usual: boolean;
  /** The level of the headings in its texts: below that of the section, if it has one. Default: 3. */
  readonly level: 2 | 3;
  /** By how many pixels its texts are narrower in the mail than those of others, as in a card. Default: 0. */
  readonly inset: number;
  /** By how many columns the template of the plain text indents the items of its lists. Default: 2. */
  readonly itemIndent: number;
  /** The fields that readers see as its heading; the first that is filled is one. Default: `heading`, if it has that. */
  readonly headings: readonly Field[];
  /** The fields that name it in messages about its size; the first that is filled does. Default: its headings. */
  readonly names: readonly Field[];
  /** Whether its heading comes back in every issue, so that `obn new --from` keeps it. Default: if it has `heading`. */
  readonly keepsHeading: boolean;
  /** Whether the contents of the page list it by its heading. Default: yes. */
  readonly listed: boolean;
  /** The field with the name of a sponsor, who must be called one. Default: nobody pays for it. */
  readonly sponsor: Field | undefined;
  /** Its list of events, each with `title`, `starts` and, if it is known, `ends`. Default: it has none. */
  readonly events: Field | undefined;
}

/**
 * A kind of section. Its folder, sections/NAME, holds one template for each form (email.mjml.hbs, web.html.hbs,
 * text.txt.hbs) and sample.yaml, what `obn new` writes.
 */
export interface SectionType<Name extends string = string, Shape extends z.ZodRawShape = z.ZodRawShape>
  extends SectionTraits {
  readonly name: Name;
  /** One line for people who choose among the types. */
  readonly summary: string;
  readonly schema: z.ZodObject<Shape & { type: z.ZodLiteral<Name> }, z.core.$strict>;
}

/** Defines a kind of section. Nothing outside its folder and the table of types knows its name. */
export function defineSection<const Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  summary: string,
  fields: Shape,
  traits: Partial<SectionTraits<keyof Shape & string>> = {},
): SectionType<Name, Shape> {
  const schema = object({ type: z.literal(name), ...fields }) as SectionType<Name, Shape>['schema'];
  const headings = traits.headings ?? ['heading'].filter((field) => field in fields);
  return {
    ...{ name, summary, schema, headings },
    names: headings,
    ...{ usual: false, level: 3, inset: 0, itemIndent: 2, keepsHeading: 'heading' in fields, listed: true },
    ...{ sponsor: undefined, events: undefined },
    ...traits,
  };
}
