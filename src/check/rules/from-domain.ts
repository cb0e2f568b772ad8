import type { NewsletterRule } from '../rule.js';

/** Providers whose DMARC policy has mail rejected that comes from anywhere else. */
const FREE =
  /^(gmail|googlemail|yahoo|ymail|aol|hotmail|outlook|live|msn|icloud|me|mac|gmx|web|mail|proton|protonmail|zoho|yandex)\.[a-z.]+$/i;

export const fromDomain: NewsletterRule = {
  name: 'from/domain',
  severity: 'warning',
  summary: 'a From address at a provider of free mail',
  remedy: 'send from a domain of your own with SPF, DKIM and DMARC, and name the free address in reply_to',
  bad: { config: 'from: { name: Jane, email: jane@gmail.com }', at: 'jane@gmail.com' },
  good: { config: 'from: { name: Jane, email: jane@weekly.example.com }' },
  *check({ newsletter: { config, document } }) {
    const domain = config.from.email.split('@').at(-1) ?? '';
    if (!FREE.test(domain)) return;
    const message = `mail from ${config.from.email} that ${domain} did not send itself is rejected or called spam`;
    yield { at: document.at(['from', 'email']), message };
  },
};
