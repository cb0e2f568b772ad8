import { isLoopback } from '../../platform/loopback.js';
import type { IssueRule } from '../rule.js';

export const imageReach: IssueRule = {
  name: 'image/reach',
  severity: 'warning',
  summary: 'a picture that readers cannot fetch',
  remedy:
    'a mail fetches pictures from newsletter.url: set it to the address at which the archive is published',
  bad: {
    issue: 'sections:\n  - type: image\n    src: images/here.png\n    alt: A drawing of two clouds\n',
    pictures: { 'images/here.png': { width: 600, height: 300 } },
    config: 'newsletter: { name: Weekly, url: "http://localhost:8080", address: Street 1 }',
    at: 'images/here.png',
  },
  good: {
    issue: 'sections:\n  - type: image\n    src: images/here.png\n    alt: A drawing of two clouds\n',
    pictures: { 'images/here.png': { width: 600, height: 300 } },
  },
  *check({ newsletter, rendered }) {
    for (const picture of rendered.outline.pictures) {
      const address = /^https?:/.test(picture.src) ? picture.src : newsletter.config.newsletter.url;
      const { hostname } = new URL(address);
      if (isPublic(hostname)) continue;
      const message = `readers would fetch this picture from ${hostname}, which only this network knows`;
      yield { at: picture, message };
    }
  },
};

/** RFC 1918 and RFC 6761: hosts that mean something else, or nothing, elsewhere. */
function isPublic(hostname: string): boolean {
  if (isLoopback(hostname) || /^(10|127|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(hostname)) return false;
  return hostname.includes('.') && !/\.(local|localhost|internal|test|invalid)$/.test(hostname);
}
