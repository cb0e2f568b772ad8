import type { Newsletter } from '../config/load.js';
import { directionOf } from './direction.js';
import { pictureUrl } from './links.js';

/**
 * What every layout shows: the newsletter and its theme.
 * @param base what relative pictures are relative to.
 */
export function lookOf({ config }: Newsletter, base: string) {
  const { newsletter, theme } = config;
  const dir = directionOf(newsletter.language);
  return {
    newsletter,
    dir,
    start: dir === 'rtl' ? 'right' : 'left',
    end: dir === 'rtl' ? 'left' : 'right',
    theme: {
      ...theme,
      logo: theme.logo && pictureUrl(theme.logo, base),
      logo_dark: theme.logo_dark && pictureUrl(theme.logo_dark, base),
    },
    preheader_padding: '\u034f \u200c\u00a0'.repeat(60),
  };
}
