import type { Picture } from '../../render/outline.js';
import type { IssueRule } from '../rule.js';

/** Height divided by width; a taller image fills the screen. */
const MAX_RATIO = 2;
/** In pixels; a lower image may have any ratio. */
const MIN_HEIGHT = 600;
/** The longer side of a photo of a person, divided by the shorter one. */
const SQUARE = 1.1;

export const imageShape: IssueRule = {
  name: 'image/shape',
  severity: 'warning',
  summary: 'a photo of a person that is not square, or an image that is much taller than wide',
  remedy: 'crop it: email clients cannot, so a narrow photo looks small and a tall image fills the screen',
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
  const size = `issues/${src} is ${width} by ${height} pixels`;
  if (path.at(-1) === 'photo') {
    return Math.max(width, height) / Math.min(width, height) > SQUARE
      ? `${size}, but a photo should be square`
      : undefined;
  }
  return height > MAX_RATIO * width && height > MIN_HEIGHT
    ? `${size}, which is taller than a screen`
    : undefined;
}
