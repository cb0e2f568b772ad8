import { unreachableHost } from '../picture.js';
import type { IssueRule } from '../rule.js';

export const imageReach: IssueRule = {
  name: 'image/reach',
  severity: 'warning',
  summary: 'an image that readers cannot load',
  remedy: 'emails load images from newsletter.url: set it to the public address of your archive',
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
      const host = unreachableHost(picture.src, newsletter.config.newsletter.url);
      if (host === undefined) continue;
      const message = `readers would load this image from ${host}, which is only reachable on this network`;
      yield { at: picture, message };
    }
  },
};
