import { colourPairs } from '../../config/contrast.js';
import type { NewsletterRule } from '../rule.js';

export const themeContrast: NewsletterRule = {
  name: 'theme/contrast',
  severity: 'warning',
  summary: 'two theme colors with too little contrast to read (WCAG 2.2, level AA)',
  remedy:
    'make one of them darker or lighter; dark mode can have its own colors: { light: "#…", dark: "#…" }',
  bad: { config: 'theme: { muted: { light: "#bbbbbb" } }', at: 'muted:' },
  good: { config: 'theme: { muted: { light: "#555555" } }' },
  *check({ newsletter: { config, document } }) {
    for (const { mode, foreground, background, where, needed, ratio } of colourPairs(config.theme)) {
      if (ratio >= needed) continue;
      const own = [foreground, background].find((name) => hasColour(document.value, name)) ?? foreground;
      const numbers = `${ratio.toFixed(1)}:1, but ${needed}:1 is needed`;
      const message = `${where}, ${mode}: theme.${foreground} on theme.${background} has a contrast of ${numbers}`;
      yield { at: document.at(['theme', own]), message };
    }
  },
};

function hasColour(config: unknown, name: string): boolean {
  const theme = (config as { theme?: object } | undefined)?.theme;
  return typeof theme === 'object' && theme !== null && Object.hasOwn(theme, name);
}
