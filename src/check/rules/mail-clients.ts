import { join } from 'node:path';
import { exists } from '../../platform/files.js';
import { unsupportedIn } from '../clients.js';
import type { IssueRule } from '../rule.js';

export const mailClients: IssueRule = {
  name: 'mail/clients',
  severity: 'warning',
  summary: 'HTML or CSS of your own templates that one of the great mail clients does not know',
  remedy:
    'see https://www.caniemail.com for what to use instead; tables and inline styles are known everywhere',
  bad: {
    files: {
      'templates/sections/signoff/email.mjml.hbs':
        '<mj-section><mj-column><mj-text><div style="display:flex;position:absolute">{{name}}</div></mj-text></mj-column></mj-section>\n',
    },
    at: 'number: 1',
  },
  good: {
    files: {
      'templates/sections/signoff/email.mjml.hbs':
        '<mj-section><mj-column><mj-text><p style="color:#333333">{{name}}</p></mj-text></mj-column></mj-section>\n',
    },
  },
  // The templates that come with obn are held to the same in its tests, which spares every check the time.
  async *check({ issue: { document }, newsletter, final }) {
    if (!exists(join(newsletter.root, 'templates'))) return;
    for (const { feature, clients } of await unsupportedIn(final.html)) {
      const message = `${feature} is not known to ${clients.join(', ')}`;
      yield { at: document.at(['number']), message };
    }
  },
};
