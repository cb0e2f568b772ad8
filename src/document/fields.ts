import { z } from 'zod';
import { invisibleIn, tidyAddress, withoutInvisible } from '../text/address.js';
import { described } from '../text/described.js';

/** A mapping in which an unknown key is an error. */
export const object = z.strictObject;

export const oneLine = z
  .string()
  .min(1)
  .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), 'must be one line without control characters');

const isVisible = (text: string) => invisibleIn(text) === undefined;

/** A URL of any kind. It may contain a password, so errors do not show it. */
export const address = oneLine.overwrite(tidyAddress).refine(isVisible, {
  error: ({ input }) =>
    `contains the invisible character ${invisibleIn(String(input))}: delete it, or type the URL again`,
  abort: true,
});

/** An address without secrets, which errors may show. */
const shownAddress = oneLine.overwrite(tidyAddress).refine(isVisible, {
  error: ({ input }) => {
    const text = String(input);
    return `contains the invisible character ${invisibleIn(text)}: write ${withoutInvisible(text)}`;
  },
  abort: true,
});

/** An absolute http or https URL. */
export const webUrl = shownAddress.refine((text) => /^https?:$/.test(protocolOf(text)), {
  error: 'must be a URL that begins with https://',
});

/** An image of the theme: a path relative to issues/, or a URL. */
export const themePicture = shownAddress;

export const email = shownAddress.check(z.email('must be an email address, such as jane@example.com'));

/** A color as `#rrggbb`. */
const hex = z.string().regex(/^#[0-9a-fA-F]{6}$/, 'must be a color such as "#1f1b4d"');

/** A color for light and dark mode; a single value is for both. */
export function colour(light: string, dark: string) {
  const pair = object({
    light: hex.default(light).meta(described('The color in light mode.', light)),
    dark: hex.default(dark).meta(described('The color in dark mode.', dark)),
  });
  const both = hex.transform((value) => ({ light: value, dark: value }));
  const error = 'must be a color such as "#1f1b4d", or { light: "#…", dark: "#…" }';
  return z.union([both, pair], { error }).default({ light, dark });
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

/** A mapping that is optional, because every key has a default. */
export function section<S extends z.ZodRawShape>(shape: S) {
  const schema = object(shape);
  return schema.prefault({} as z.input<typeof schema>);
}
