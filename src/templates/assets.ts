/** The forms that every section type is written in, and the file each of them stands in. */
export const FORMS = { email: 'email.mjml.hbs', web: 'web.html.hbs', text: 'text.txt.hbs' } as const;

export type Form = keyof typeof FORMS;

/** The templates that others include, each in a folder of partials/. */
export const PARTIALS = [
  ...[
    'head',
    'image',
    'quote',
    'styles',
    'page',
    'dark',
    'dark-colours',
    'phone',
    'heading',
    'masthead',
    'footer',
  ],
  ...['site-head', 'site-styles', 'subscribe', 'entry'],
] as const;

/** Mails to one person, each a folder of notices/. */
export const NOTICES = ['confirm'] as const;

/** The pages of `obn serve`, each a folder of pages/; `layout` is around all others. */
export const READER_PAGES = [
  'layout',
  'unsubscribe',
  'unsubscribed',
  'invalid',
  'subscribe',
  'sent',
  'confirm',
  'confirmed',
  'expired',
  'preferences',
  'trouble',
] as const;

/** The pages of the archive that show no single issue, each in a folder of pages/. */
export const SITE_PAGES = ['home', 'issues', 'missing'] as const;

export type SitePage = (typeof SITE_PAGES)[number];

/** The folder with the templates; a newsletter overrides one by a file of the same relative name. */
export const TEMPLATE_ROOT = import.meta.dirname;

/** Where the sample of a section type stands, as YAML: a list of one. */
export function samplePath(type: string): string {
  return `sections/${type}/sample.yaml`;
}
