import type { Context, MiddlewareHandler } from 'hono';
import { limitBody } from '../platform/body.js';
import { type Service, show } from './service.js';

/** Forms are small. */
const MAX_BODY_BYTES = 16 * 1024;

/** The fields of a form; what is no text, such as a file, is left out. */
export type Form = Readonly<Record<string, readonly string[]>>;

/** Refuses a form that is too large before it is read. */
export function limitForm(service: Pick<Service, 'pages'>): MiddlewareHandler {
  return limitBody(MAX_BODY_BYTES, (context) => show(context, service, 'trouble', { refused: true }, 413));
}

/** Reads a form, urlencoded or multipart; undefined for what is none. */
export async function readForm(context: Context): Promise<Form | undefined> {
  try {
    const body = await context.req.parseBody({ all: true });
    const fields = Object.entries(body).map(([name, value]) => [
      name,
      [value].flat().filter((one) => typeof one === 'string'),
    ]);
    return Object.assign(Object.create(null), Object.fromEntries(fields)) as Form;
  } catch {
    return undefined;
  }
}

/** The first value of a field, in one line; empty where there is none. */
export function field(form: Form, name: string): string {
  const [value = ''] = form[name] ?? [];
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}
