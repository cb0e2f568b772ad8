import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Newsletter } from '../config/load.js';
import { loadTemplates, pageTemplate, partialNames } from '../render/engine.js';
import { pictureUrl } from '../render/links.js';
import { themeView } from '../render/theme-view.js';
import { READER_PAGES } from '../templates/assets.js';
import type { ReaderRoutes } from './reader-routes.js';

export type Page = Exclude<(typeof READER_PAGES)[number], 'layout'>;

/** A page with its content security policy. */
export interface Written {
  readonly html: string;
  readonly csp: string;
}

/** Renders the reader pages. */
export interface Pages {
  write(page: Page, view?: Readonly<Record<string, unknown>>): Written;
}

/**
 * Loads the page templates with the theme of the newsletter.
 * @throws ObnError when a template cannot be read or filled.
 */
export async function loadPages(newsletter: Newsletter, places: ReaderRoutes): Promise<Pages> {
  const { config, root } = newsletter;
  const names = [...READER_PAGES.map(pageTemplate), ...partialNames('web')];
  const fill = await loadTemplates('web', names, join(root, 'templates'));
  const look = {
    ...themeView(newsletter, (source) => pictureUrl(source, config.newsletter.url)),
    contact: config.reply_to ?? config.from.email,
    hours: config.serve.confirm_hours,
    subscribe: config.serve.subscribe ? places.path('subscribe') : undefined,
  };
  const pictures = [look.theme.logo, look.theme.logo_dark].filter((url) => url !== undefined);
  return {
    write(page, view = {}) {
      const all = { ...look, ...view };
      const content = fill(pageTemplate(page), all);
      const html = fill(pageTemplate('layout'), { ...all, content, title: titleOf(content) });
      return { html, csp: policy(html, pictures) };
    },
  };
}

/** The content of the first heading, already HTML. */
function titleOf(content: string): string {
  const [, words = ''] = /<h1[^>]*>(.*?)<\/h1>/s.exec(content) ?? [];
  return words.replace(/<[^>]*>/g, '').trim();
}

/**
 * No scripts, only the page's own style, no image but the logo, and forms that post to this site
 * only.
 */
function policy(html: string, pictures: readonly string[]): string {
  const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  const origins = new Set(pictures.map((url) => new URL(url).origin));
  return [
    "default-src 'none'",
    `style-src ${styles.join(' ') || "'none'"}`,
    `img-src ${['data:', ...origins].join(' ')}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
