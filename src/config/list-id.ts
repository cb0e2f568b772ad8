import slugify from 'slugify';
import { z } from 'zod';

/** Labels of a domain name; an underscore is allowed because hosts of `newsletter.url` may contain one. */
const LABELS = /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i;
/** RFC 2919, section 3. */
const MAX_LENGTH = 255;

/**
 * Schema of a whole List-ID, such as `off-by-none.example.com`. Case has no meaning in it (RFC 2919, section 6), but
 * unsubscribe tokens are signed over its bytes, so it is stored in lowercase.
 */
export const listIdSchema = z
  .string()
  .max(MAX_LENGTH)
  .regex(LABELS, 'must be letters, digits, hyphens and dots, such as my-newsletter.example.com')
  .transform((id) => id.toLowerCase());

/**
 * The List-ID of a newsletter without `newsletter.id`: its name and the host of its site. When one of them changes, the
 * id changes, and unsubscribe links in sent email stop working.
 */
export function derivedListId({ name, url }: { readonly name: string; readonly url: string }): string {
  const label = slugify(name, { lower: true, strict: true }).slice(0, 63) || 'newsletter';
  return `${label}.${new URL(url).hostname}`;
}
