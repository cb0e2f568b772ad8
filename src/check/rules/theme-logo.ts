import { measurePictures, type PictureFile } from '../../render/pictures.js';
import { fileProblem, formatProblem, unreachableHost } from '../picture.js';
import type { NewsletterRule } from '../rule.js';

export const themeLogo: NewsletterRule = {
  name: 'theme/logo',
  severity: 'error',
  summary: 'a logo whose file does not exist; a warning for a logo that some readers cannot see',
  remedy: 'put the file in issues/images/, or fix the name (case-sensitive)',
  bad: { config: 'theme: { logo: images/gone.png }', at: 'images/gone.png' },
  good: {
    config: 'theme: { logo: images/logo.png }',
    pictures: { 'images/logo.png': { width: 480, height: 96 } },
  },
  async *check({ newsletter: { config, document, root } }) {
    const { theme, newsletter } = config;
    const keys = ['logo', 'logo_dark'] as const;
    const files = await measurePictures(
      root,
      keys.map((key) => theme[key] ?? ''),
    );
    for (const key of keys) {
      const src = theme[key];
      if (src === undefined) continue;
      const at = document.at(['theme', key]);
      const missing = fileProblem(src, files.get(src));
      if (missing !== undefined) yield { at, message: missing };
      for (const message of doubtsOf(src, files.get(src), newsletter.url)) {
        yield {
          at,
          message,
          severity: 'warning',
          hint: 'use a PNG at a public https:// address, so that every reader sees it',
        };
      }
    }
  },
};

function doubtsOf(src: string, file: PictureFile | undefined, site: string): string[] {
  const host = unreachableHost(src, site);
  return [
    formatProblem(src, file),
    host && `readers would load the logo from ${host}, which is only reachable on this network`,
    /^http:/i.test(src) ? `${src} is not encrypted` : undefined,
  ].filter((message) => message !== undefined);
}
