import type { Context, MiddlewareHandler } from 'hono';
import { limitBody } from '../platform/body.js';
import { type Service, show } from './service.js';

/** Limit for form bodies. */
const MAX_BODY_BYTES = 16 * 1024;

/** Text fields of a form. Files are ignored. */
export type Form = Readonly<Record<string, readonly string[]>>;

/** Rejects a form that is too large before reading it. */
export function limitForm(service: Pick<Service, 'pages'>): MiddlewareHandler {
  return limitBody(MAX_BODY_BYTES, (context) => show(context, service, 'trouble', { refused: true }, 413));
}

/** Reads a urlencoded or multipart form; undefined for any other body. */
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

/** The first value of a field, on one line; empty if missing. */
export function field(form: Form, name: string): string {
  const [value = ''] = form[name] ?? [];
  return value
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}
