import { linesWith, ownMailTemplates } from '../own-templates.js';
import type { NewsletterRule } from '../rule.js';

/** Scripts, and elements that can contain one. */
const ACTIVE =
  /<(script|iframe|frame|object|embed|applet)\b|\son(?:click|load|error|mouse\w+)\s*=|javascript:/i;

export const templateScript: NewsletterRule = {
  name: 'template/script',
  severity: 'error',
  summary: 'a script, or an element that can contain one, in an email template',
  remedy: 'remove it: email clients do not run scripts, and many treat an email with one as an attack',
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
        const message = `"${match[0].trim()}" does not belong in an email`;
        yield { in: template, at: { line, column: match.index + 1 }, message };
      }
    }
  },
};
