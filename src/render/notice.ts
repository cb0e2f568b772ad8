import { join } from 'node:path';
import type { Newsletter } from '../config/load.js';
import { TemplateError } from '../findings/error.js';
import { type Form, type NOTICES, TEMPLATE_ROOT } from '../templates/assets.js';
import { htmlContexts, textContexts } from './contexts.js';
import { loadTemplates, noticeTemplates, partialNames } from './engine.js';
import { pictureUrl } from './links.js';
import { Markers } from './markers.js';
import { minifyHtml } from './minify.js';
import { compileMjml } from './mjml.js';
import type { Slotted } from './slots.js';
import { themeView } from './theme-view.js';

/** An email to a single person in every form, with its slots. */
export interface RenderedNotice {
  readonly subject: Slotted;
  readonly text: Slotted;
  readonly html: Slotted;
}

export interface NoticeOptions {
  /** Values that differ per recipient. */
  readonly slots: readonly string[];
  /** Values that are the same for all recipients. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/**
 * Renders an email that is not an issue, with the theme of the newsletter.
 * @throws ObnError when a template is invalid.
 */
export async function renderNotice(
  notice: (typeof NOTICES)[number],
  newsletter: Newsletter,
  { slots, facts }: NoticeOptions,
): Promise<RenderedNotice> {
  const overrides = join(newsletter.root, 'templates');
  const markers = new Markers(newsletter.document.text);
  const values = slots.map((name) => [name, markers.add({ kind: 'field', name })]);
  const look = themeView(newsletter, (source) => pictureUrl(source, newsletter.config.newsletter.url));
  const [email, text, subject] = noticeTemplates(notice);
  const load = (form: Form, name: string) => loadTemplates(form, [name, ...partialNames(form)], overrides);
  const [mail, plain, title] = await Promise.all([
    load('email', email),
    load('text', text),
    load('text', subject),
  ]);
  const view = { ...look, ...facts, ...Object.fromEntries(values) };
  const line = title(subject, view).trim();
  const words = `${plain(text, view).trim()}\n`;
  const compiled = await compileMjml(mail(email, { ...view, subject: line }));
  if ('faults' in compiled) {
    const [{ line: at, message } = { line: 1, message: '' }] = compiled.faults;
    throw new TemplateError(join(TEMPLATE_ROOT, email), at, `MJML rejects it: ${message}`);
  }
  const html = minifyHtml(compiled.html);
  return {
    subject: markers.split(line, () => 'plain'),
    text: markers.split(words, textContexts(words)),
    html: markers.split(html, htmlContexts(html)),
  };
}
