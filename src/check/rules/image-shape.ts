import type { Picture } from '../../render/outline.js';
import type { IssueRule } from '../rule.js';

/** What is higher, times its width, pushes all else off the screen. */
const MAX_RATIO = 2;
/** Below this height a picture may be as narrow as it likes. */
const MIN_HEIGHT = 600;
/** How far a photo of a person may be from a square. */
const SQUARE = 1.1;

export const imageShape: IssueRule = {
  name: 'image/shape',
  severity: 'warning',
  summary: 'a photo of a person that is not square, or a picture that is much higher than wide',
  remedy: 'crop it: mail programs cannot, and show a narrow photo small and a high picture as a tower',
  bad: {
    issue:
      'sections:\n  - type: star\n    person:\n      name: Ada\n      photo: images/ada.png\n    body: She wrote the first one.\n',
    pictures: { 'images/ada.png': { width: 300, height: 900 } },
    at: 'images/ada.png',
  },
  good: {
    issue:
      'sections:\n  - type: star\n    person:\n      name: Ada\n      photo: images/ada.png\n    body: She wrote the first one.\n',
    pictures: { 'images/ada.png': { width: 480, height: 480 } },
  },
  *check({ rendered }) {
    for (const picture of rendered.outline.pictures) {
      const message = problemOf(picture);
      if (message !== undefined) yield { at: picture, message };
    }
  },
};

function problemOf({ path, src, file }: Picture): string | undefined {
  if (!file?.image) return undefined;
  const { width, height } = file.image;
  const size = `issues/${src} is ${width} pixels wide and ${height} high`;
  if (path.at(-1) === 'photo') {
    return Math.max(width, height) / Math.min(width, height) > SQUARE
      ? `${size}, and a photo is square`
      : undefined;
  }
  return height > MAX_RATIO * width && height > MIN_HEIGHT
    ? `${size}, which fills more than a screen`
    : undefined;
}
