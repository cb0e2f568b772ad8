import { z } from 'zod';
import { invisibleIn, tidyAddress, withoutInvisible } from '../text/address.js';

/** A mapping in which an unknown key is an error. */
export const object = z.strictObject;

export const oneLine = z
  .string()
  .min(1)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'must be one line without control characters');

const isVisible = (text: string) => invisibleIn(text) === undefined;

/** An address of any kind. It may hold a password, which an error does not show. */
export const address = oneLine.overwrite(tidyAddress).refine(isVisible, {
  error: ({ input }) =>
    `has the invisible character ${invisibleIn(String(input))}: delete it, or type the address`,
  abort: true,
});

/** An address that everybody may see. */
const shownAddress = oneLine.overwrite(tidyAddress).refine(isVisible, {
  error: ({ input }) => {
    const text = String(input);
    return `has the invisible character ${invisibleIn(text)}: write ${withoutInvisible(text)}`;
  },
  abort: true,
});

/** An absolute http or https URL. */
export const webUrl = shownAddress.refine((text) => /^https?:$/.test(protocolOf(text)), {
  error: 'must be a URL that begins with https://',
});

/** A picture of the theme: a path relative to issues/, or a URL. */
export const themePicture = shownAddress;

export const email = shownAddress.check(z.email('must be an email address, such as jane@example.com'));

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
