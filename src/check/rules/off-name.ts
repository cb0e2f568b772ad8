import { didYouMean } from '../../findings/nearest.js';
import { whyItStays } from '../readings.js';
import type { NewsletterRule } from '../rule.js';

export const offName: NewsletterRule = {
  name: 'check/off',
  severity: 'warning',
  summary: 'a rule in check.off that does not exist, or cannot be switched off',
  remedy: 'remove it, or fix its name; docs/checks.md lists every rule',
  bad: { config: 'check: { off: { link/dupe: "on purpose" } }', at: 'link/dupe' },
  good: { config: 'check: { off: { link/duplicate: "on purpose" } }' },
  *check({ newsletter: { config, document }, rules }) {
    for (const name of Object.keys(config.check.off)) {
      if (rules.includes(name)) continue;
      const stays = whyItStays(name);
      const message =
        stays === undefined
          ? `there is no rule "${name}"${didYouMean(name, rules)}`
          : `"${name}" cannot be switched off: ${stays}`;
      yield { at: document.keyAt(['check', 'off', name]), message };
    }
  },
};
