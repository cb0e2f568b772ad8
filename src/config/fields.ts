import { z } from 'zod';

/** A mapping in which an unknown key is an error. */
export const object = z.strictObject;

export const oneLine = z
  .string()
  .min(1)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'must be one line without control characters');

/** An absolute http or https URL. */
export const webUrl = oneLine.refine((text) => /^https?:$/.test(protocolOf(text)), {
  error: 'must be a URL that begins with https://',
});

export const email = z.email('must be an e-mail address, such as jane@example.com');

/** One colour for both appearances, or one for each. */
const hex = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as "#1f1b4d"');

/** A colour with its values for light and dark; a single value stands for both. */
export function colour(light: string, dark: string) {
  const pair = object({ light: hex.default(light), dark: hex.default(dark) });
  const both = hex.transform((value) => ({ light: value, dark: value }));
  const error = 'must be a colour such as "#1f1b4d", or { light: "#…", dark: "#…" }';
  return z.union([both, pair], { error }).default({ light, dark });
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

/** A mapping whose every key has a default, so that the whole may be left out. */
export function section<S extends z.ZodRawShape>(shape: S) {
  const schema = object(shape);
  return schema.prefault({} as z.input<typeof schema>);
}
