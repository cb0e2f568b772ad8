import { z } from 'zod';
import { described } from '../text/described.js';
import { object } from './fields.js';

/** Horizontal padding around text in the email, in pixels. */
export const MAIL_PADDING = 80;

/** Width of the date before an event in plain text, in columns. */
export const DATE_COLUMNS = 9;

/** Traits of a section type. */
export interface SectionTraits<Field extends string = string> {
  /** Whether `obn new` includes it when no sections are chosen. Default: no. */
  readonly usual: boolean;
  /** Level of headings in its Markdown: one below the heading of the section, if it has one. Default: 3. */
  readonly level: 2 | 3;
  /** Extra padding of its text in the email, in pixels, as in a card. Default: 0. */
  readonly inset: number;
  /** Indentation of list items in the plain text template, in columns. Default: 2. */
  readonly itemIndent: number;
  /** Fields shown as its heading. The first non-empty one is used. Default: `heading`, if it has one. */
  readonly headings: readonly Field[];
  /**
   * Fields that name it in messages about its size. The first non-empty one is used. Default: its headings.
   */
  readonly names: readonly Field[];
  /**
   * Whether its heading is the same in every issue, so that `obn new --from` keeps it. Default: if it has
   * `heading`.
   */
  readonly keepsHeading: boolean;
  /** Whether the table of contents lists it. Default: yes. */
  readonly listed: boolean;
  /** Whether it ends an issue, so that obn adds other sections in front of it. Default: no. */
  readonly ends: boolean;
  /** Field with the name of the sponsor, who must be labeled as such. Default: none. */
  readonly sponsor: Field | undefined;
  /** Field with a list of events, each with `title`, `starts` and an optional `ends`. Default: none. */
  readonly events: Field | undefined;
}

/**
 * A section type. Its folder, sections/NAME, contains one template per form (email.mjml.hbs,
 * web.html.hbs, text.txt.hbs) and sample.yaml, the YAML that `obn new` writes.
 */
export interface SectionType<Name extends string = string, Shape extends z.ZodRawShape = z.ZodRawShape>
  extends SectionTraits {
  readonly name: Name;
  /** One-line description, for choosing a type. */
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
  const type = z.literal(name).meta(described('The section type.'));
  const schema = object({ type, ...fields }).meta(described(sentence(summary)));
  const headings = traits.headings ?? ['heading'].filter((field) => field in fields);
  return {
    ...{ name, summary, headings },
    schema: schema as SectionType<Name, Shape>['schema'],
    names: headings,
    ...{ usual: false, level: 3, inset: 0, itemIndent: 2, keepsHeading: 'heading' in fields, listed: true },
    ...{ ends: false, sponsor: undefined, events: undefined },
    ...traits,
  };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
