import type { Picture } from '../../render/outline.js';
import type { IssueRule } from '../rule.js';

const MAX_BYTES = 1_000_000;
/** Twice the width of the column, for high-density screens, and some spare. */
const MAX_WIDTH = 1_600;
const MAX_HEIGHT = 4_000;

export const imageSizeRule: IssueRule = {
  name: 'image/size',
  severity: 'warning',
  summary: 'an image that is larger than an email needs',
  remedy: `make it at most ${MAX_WIDTH} pixels wide and smaller than 1 MB: many readers load it on a phone`,
  bad: {
    issue: 'sections:\n  - type: image\n    src: images/poster.png\n    alt: A drawing of two clouds\n',
    pictures: { 'images/poster.png': { width: 3_000, height: 2_000 } },
    at: 'images/poster.png',
  },
  good: {
    issue: 'sections:\n  - type: image\n    src: images/poster.png\n    alt: A drawing of two clouds\n',
    pictures: { 'images/poster.png': { width: 1_200, height: 800 } },
  },
  *check({ rendered }) {
    for (const picture of rendered.outline.pictures) {
      const message = tooLarge(picture);
      if (message !== undefined) yield { at: picture, message };
    }
  },
};

function tooLarge({ src, file }: Picture): string | undefined {
  if (!file) return undefined;
  if (file.bytes > MAX_BYTES) return `issues/${src} is ${(file.bytes / 1e6).toFixed(1)} MB`;
  const { width, height } = file.image ?? { width: 0, height: 0 };
  return width > MAX_WIDTH || height > MAX_HEIGHT
    ? `issues/${src} is ${width} by ${height} pixels`
    : undefined;
}
