import { linesWith, ownMailTemplates } from '../own-templates.js';
import type { NewsletterRule } from '../rule.js';

/** What runs, or holds what runs. */
const ACTIVE =
  /<(script|iframe|frame|object|embed|applet)\b|\son(?:click|load|error|mouse\w+)\s*=|javascript:/i;

export const templateScript: NewsletterRule = {
  name: 'template/script',
  severity: 'error',
  summary: 'a script in a template of the mail, or what could hold one',
  remedy: 'take it out: mail programs do not run it, and many take a mail with one for an attack',
  bad: {
    files: { 'templates/sections/signoff/email.mjml.hbs': '<mj-raw>\n<script>open()</script>\n</mj-raw>\n' },
    at: '<script>',
  },
  good: {
    files: {
      'templates/sections/signoff/email.mjml.hbs':
        '<mj-section><mj-column><mj-text>{{name}}, on line</mj-text></mj-column></mj-section>\n',
    },
  },
  async *check({ newsletter }) {
    for (const template of await ownMailTemplates(newsletter)) {
      for (const { line, match } of linesWith(template, ACTIVE)) {
        const message = `"${match[0].trim()}" is nothing for a mail`;
        yield { in: template, at: { line, column: match.index + 1 }, message };
      }
    }
  },
};
