import { join } from 'node:path';
import { exists } from '../../platform/files.js';
import type { NewsletterRule } from '../rule.js';

export const themeLogo: NewsletterRule = {
  name: 'theme/logo',
  severity: 'error',
  summary: 'a logo whose file does not exist',
  remedy: 'put the picture below issues/, or correct its name; capitals count',
  bad: { config: 'theme: { logo: images/gone.png }', at: 'images/gone.png' },
  good: {
    config: 'theme: { logo: images/logo.png }',
    pictures: { 'images/logo.png': { width: 480, height: 96 } },
  },
  *check({ newsletter: { config, document, root } }) {
    for (const key of ['logo', 'logo_dark'] as const) {
      const source = config.theme[key];
      if (source === undefined || /^https?:/.test(source) || exists(join(root, 'issues', source))) continue;
      yield { at: document.at(['theme', key]), message: `there is no picture issues/${source}` };
    }
  },
};
