import { linesWith, ownMailTemplates } from '../own-templates.js';
import type { NewsletterRule } from '../rule.js';

/** URLs that are loaded when the email is opened. */
const FETCHED =
  /(?:\b(?:src|srcset|poster|background|background-url)\s*=\s*["']?|url\(\s*["']?|@import\s+["']|<link\b[^>]*\bhref\s*=\s*["']?)(?:https?:)?\/\/([^/"'\s){}?#]+)/i;

export const templateForeign: NewsletterRule = {
  name: 'template/foreign',
  severity: 'warning',
  summary: 'a template that loads something from another host when the email is opened',
  remedy: 'put the image in issues/images/: the other host would learn who reads the email, and when',
  bad: {
    files: {
      'templates/sections/signoff/email.mjml.hbs':
        '<mj-section><mj-column>\n<mj-image src="https://pixel.example.org/open.gif" alt="" />\n</mj-column></mj-section>\n',
    },
    at: 'pixel.example.org',
  },
  good: {
    files: {
      'templates/sections/signoff/email.mjml.hbs':
        '<mj-section><mj-column>\n<mj-image src="{{newsletter.url}}/images/pen.png" alt="" href="https://pen.example.org" />\n</mj-column></mj-section>\n',
    },
  },
  async *check({ newsletter }) {
    const site = new URL(newsletter.config.newsletter.url).host;
    for (const template of await ownMailTemplates(newsletter)) {
      for (const { line, match } of linesWith(template, FETCHED)) {
        const host = match[1]?.toLowerCase() ?? '';
        if (host === site || host.endsWith(`.${site}`)) continue;
        const message = `opening the email loads something from ${host}`;
        yield { in: template, at: { line, column: match.index + 1 }, message };
      }
    }
  },
};
