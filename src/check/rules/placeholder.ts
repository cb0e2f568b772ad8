import { PLACEHOLDER } from '../../config/placeholder.js';
import type { NewsletterRule } from '../rule.js';

export const placeholder: NewsletterRule = {
  name: 'config/placeholder',
  severity: 'warning',
  summary: 'a placeholder in obn.yaml that you need to replace',
  remedy: 'obn sends nothing to readers until you replace it',
  bad: { config: `unsubscribe: { url: "${PLACEHOLDER.unsubscribe}" }`, at: PLACEHOLDER.unsubscribe },
  good: { config: 'unsubscribe: { url: https://weekly.example.com/unsubscribe }' },
  *check({ newsletter: { config, document } }) {
    const { address, url: site } = config.newsletter;
    if (site === PLACEHOLDER.url) {
      const at = document.at(['newsletter', 'url']);
      const hint = 'images and the "view in browser" link use this address';
      yield { at, message: 'newsletter.url: set the address of your archive', hint };
    }
    if (!address || address === PLACEHOLDER.address) {
      const at = document.at(address ? ['newsletter', 'address'] : ['newsletter']);
      yield { at, message: 'newsletter.address: write your postal address' };
    }
    const { url } = config.unsubscribe;
    if (!url || url === PLACEHOLDER.unsubscribe) {
      const at = document.at(url ? ['unsubscribe', 'url'] : ['unsubscribe']);
      yield { at, message: 'unsubscribe.url: set your one-click address' };
    }
  },
};
