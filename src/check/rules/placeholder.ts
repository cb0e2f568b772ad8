import { PLACEHOLDER } from '../../config/placeholder.js';
import type { NewsletterRule } from '../rule.js';

export const placeholder: NewsletterRule = {
  name: 'config/placeholder',
  severity: 'warning',
  summary: 'something in obn.yaml that its owner has yet to write',
  *check({ newsletter: { config, document } }) {
    const hint = 'until then nothing is sent to readers';
    const found = (path: string[], message: string) =>
      document.finding(this.severity, this.name, document.at(path), message, hint);
    const { address } = config.newsletter;
    if (!address || address === PLACEHOLDER.address) {
      yield found(
        address ? ['newsletter', 'address'] : ['newsletter'],
        'newsletter.address: write your postal address',
      );
    }
    const { url } = config.unsubscribe;
    if (!url || url === PLACEHOLDER.unsubscribe) {
      yield found(
        url ? ['unsubscribe', 'url'] : ['unsubscribe'],
        'unsubscribe.url: set your one-click address',
      );
    }
  },
};
