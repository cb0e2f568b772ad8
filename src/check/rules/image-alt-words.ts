import type { IssueRule } from '../rule.js';
import { valueAt } from '../value-at.js';

/** Words that only say that there is an image. */
const EMPTY =
  /^(an? |the |my |our )?(image|picture|photo|photograph|graphic|graph|chart|diagram|figure|drawing|illustration|banner|header|avatar|icon|logo|screen ?shot|img|pic|untitled|alt( text)?)( \d+)?\.?$/i;
const FILE_NAME = /^[^\s]+\.(png|jpe?g|gif|webp|svg|avif|bmp|heic|tiff?)$/i;
/** Names that cameras and desktops give, in several languages: a word followed by numbers. */
const NUMBERED =
  /^(img|dsc|dscn|pxl|image|photo|screen ?shot|screenshot from|bildschirmfoto|capture d[’']écran)[-_ (]*\d[\d\s.:_()-]*((at|um|à)[\d\s.:_()-]+)?([ap]m)?$/i;

export const imageAltWords: IssueRule = {
  name: 'image/alt-words',
  severity: 'warning',
  summary: 'alt text that is a file name, or only says that there is an image',
  remedy: 'describe what the image shows, as you would over the phone',
  bad: {
    issue:
      'sections:\n  - type: image\n    src: https://pictures.example.org/chart.png\n    alt: IMG_2034.png\n',
    at: 'IMG_2034.png',
  },
  good: {
    issue:
      'sections:\n  - type: image\n    src: https://pictures.example.org/chart.png\n    alt: Costs fall by half in May\n',
  },
  *check({ issue, rendered }) {
    const { document } = issue;
    for (const picture of rendered.outline.pictures) {
      const { path, alt } = picture;
      const beside = [...path.slice(0, -1), 'alt'];
      const text = alt ?? valueAt(issue, beside);
      if (typeof text !== 'string' || text.trim() === '' || !saysNothing(text.trim())) continue;
      const at = alt === undefined ? document.at(beside) : picture;
      yield { at, message: `the alt text "${text}" does not describe the image` };
    }
  },
};

function saysNothing(text: string): boolean {
  return !/[\p{L}\p{N}]/u.test(text) || [EMPTY, FILE_NAME, NUMBERED].some((pattern) => pattern.test(text));
}
