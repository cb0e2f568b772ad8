/** The forms that every section type is written in, and the file each of them stands in. */
export const FORMS = { email: 'email.mjml.hbs', web: 'web.html.hbs', text: 'text.txt.hbs' } as const;

export type Form = keyof typeof FORMS;

/** The templates that others include, each in a folder of partials/. */
export const PARTIALS = [
  ...['image', 'quote', 'styles', 'dark', 'dark-colours', 'phone', 'heading', 'masthead', 'footer'],
  ...['site-head', 'site-styles', 'subscribe', 'entry'],
] as const;

/** The pages of the archive that show no single issue, each in a folder of pages/. */
export const PAGES = ['home', 'issues', 'missing'] as const;

export type PageName = (typeof PAGES)[number];

/** The folder with the templates; a newsletter overrides one by a file of the same relative name. */
export const TEMPLATE_ROOT = import.meta.dirname;

/** Where the sample of a section type stands, as YAML: a list of one. */
export function samplePath(type: string): string {
  return `sections/${type}/sample.yaml`;
}
