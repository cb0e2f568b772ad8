import type { Newsletter } from '../config/load.js';
import { directionOf } from './direction.js';

/**
 * Values for every layout: the newsletter and its theme.
 * @param picture URL of an image, such as the logo
 */
export function themeView({ config }: Newsletter, picture: (source: string) => string) {
  const { newsletter, theme } = config;
  const dir = directionOf(newsletter.language);
  return {
    newsletter,
    dir,
    start: dir === 'rtl' ? 'right' : 'left',
    end: dir === 'rtl' ? 'left' : 'right',
    theme: {
      ...theme,
      logo: theme.logo && picture(theme.logo),
      logo_dark: theme.logo_dark && picture(theme.logo_dark),
    },
    preheader_padding: '\u034f \u200c\u00a0'.repeat(60),
  };
}
