import { createRequire } from 'node:module';
import type { NewsletterRule } from '../rule.js';

const require = createRequire(import.meta.url);

/** Providers that the list in email-providers lacks. */
const MORE = [
  ...['fastmail.com', 'tuta.com', 'tutamail.com', 'tutanota.com', 'keemail.me', 'posteo.de', 'startmail.com'],
  ...['gmx.ch', 'rediff.com', 'yandex.by', 'zohomail.com', '139.com', 'duck.com', 'mozmail.com'],
];

export const fromDomain: NewsletterRule = {
  name: 'from/domain',
  severity: 'warning',
  summary: 'a From address at a public email provider, such as Gmail',
  remedy: 'send from a domain of your own with SPF, DKIM and DMARC, and put the other address in reply_to',
  bad: { config: 'from: { name: Jane, email: jane@gmail.com }', at: 'jane@gmail.com' },
  good: { config: 'from: { name: Jane, email: jane@mail.weekly.example.com }' },
  *check({ newsletter: { config, document } }) {
    const domain = (config.from.email.split('@').at(-1) ?? '').toLowerCase();
    const providers = require('email-providers/all.json') as readonly string[];
    if (!providers.includes(domain) && !MORE.includes(domain)) return;
    const message = `mailbox providers reject email from ${config.from.email} that ${domain} did not send, or mark it as spam`;
    yield { at: document.at(['from', 'email']), message };
  },
};
