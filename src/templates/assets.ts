/** Forms that every section type has, and their template file names. */
export const FORMS = { email: 'email.mjml.hbs', web: 'web.html.hbs', text: 'text.txt.hbs' } as const;

export type Form = keyof typeof FORMS;

/** Templates that other templates include, each in a folder of partials/. */
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

/** Emails to a single person, each in a folder of notices/. */
export const NOTICES = ['confirm'] as const;

/** Pages of `obn serve`, each in a folder of pages/. `layout` wraps the others. */
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

/** Pages of the archive other than issues, each in a folder of pages/. */
export const SITE_PAGES = ['home', 'issues', 'missing'] as const;

export type SitePage = (typeof SITE_PAGES)[number];

/**
 * Folder of the built-in templates. A newsletter overrides one with a file of the same relative
 * path.
 */
export const TEMPLATE_ROOT = import.meta.dirname;

/** Path of the sample of a section type, a YAML list of one section. */
export function samplePath(type: string): string {
  return `sections/${type}/sample.yaml`;
}
