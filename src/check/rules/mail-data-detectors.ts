import { ownMailTemplates } from '../own-templates.js';
import type { IssueRule } from '../rule.js';

/** Either of them keeps Apple Mail from restyling dates, addresses and phone numbers. */
const RESET = /<meta[^>]*\bname="?format-detection\b|a\[x-apple-data-detectors/i;

/** Templates that contain the head of an email. */
const HEADS = ['partials/head/email.mjml.hbs', 'layout/email.mjml.hbs'];

export const mailDataDetectors: IssueRule = {
  name: 'mail/data-detectors',
  severity: 'warning',
  summary:
    'a layout of your own that lets Apple Mail turn dates, phone numbers and addresses into blue, underlined links',
  remedy:
    'add <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no"> to an mj-raw in its mj-head, or include {{> head}}',
  bad: {
    files: {
      'templates/partials/head/email.mjml.hbs': '<mj-head><mj-title>{{subject}}</mj-title></mj-head>\n',
    },
    at: '<mj-head>',
  },
  good: {
    files: {
      'templates/partials/head/email.mjml.hbs':
        '<mj-head><mj-raw><meta name="format-detection" content="telephone=no, date=no, address=no"></mj-raw></mj-head>\n',
    },
  },
  async *check({ newsletter, final }) {
    if (RESET.test(final.html)) return;
    const own = await ownMailTemplates(newsletter);
    const template = HEADS.map((name) => own.find((one) => one.name === name)).find((one) => one);
    if (!template) return;
    const message = 'Apple Mail turns dates, phone numbers and addresses in this email into blue links';
    yield { in: template, at: { line: 1, column: 1 }, message };
  },
};
