import { join, relative, sep } from 'node:path';
import { didYouMean } from '../../findings/nearest.js';
import { listTree } from '../../platform/files.js';
import { replaceable } from '../own-templates.js';
import type { NewsletterRule } from '../rule.js';

export const templateName: NewsletterRule = {
  name: 'template/name',
  severity: 'warning',
  summary: 'a file in templates/ that replaces no template of obn',
  remedy: 'give your template the path of the one that it replaces in src/templates of obn',
  bad: { files: { 'templates/sections/signof/web.html.hbs': '<p>{{name}}</p>\n' }, at: '<p>{{name}}</p>' },
  good: { files: { 'templates/sections/signoff/web.html.hbs': '<p>{{name}}</p>\n' } },
  async *check({ newsletter: { root, cwd } }) {
    const known = replaceable();
    for (const path of await listTree(join(root, 'templates'))) {
      const name = path.replaceAll(sep, '/');
      if (known.includes(name) || !/\.(hbs|mjml|html|txt)$/.test(name)) continue;
      const message = `there is no template ${name}${didYouMean(name, known)}`;
      yield {
        in: { file: relative(cwd, join(root, 'templates', path)) },
        at: { line: 1, column: 1 },
        message,
      };
    }
  },
};
