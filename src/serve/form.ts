import type { Context } from 'hono';

/** The fields of a form; what is no text, such as a file, is left out. */
export type Form = Readonly<Record<string, readonly string[]>>;

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
