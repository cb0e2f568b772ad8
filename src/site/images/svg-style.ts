import { AT_RULES, FUNCTIONS } from './svg-names.js';

/** References inside the drawing, and embedded fonts. */
const HARMLESS =
  /^url\(\s*(['"]?)(?:#[\w.:-]*|data:(?:font|application)\/[\w.+-]+(?:;charset=[\w-]+)?;base64,[\w+/=]*)\1\s*\)$/i;

/** Removes from CSS everything that loads a resource; undefined if that cannot be decided. */
export function harmlessStyle(css: string): string | undefined {
  const style = withoutComments(css)
    .replace(/@import[^;]*(?:;|$)/gi, ' ')
    .replace(/url\([^()]*\)/gi, (address) => (HARMLESS.test(address) ? address : 'url(#)'));
  return isHarmless(style) ? style : undefined;
}

/** Escape sequences and unclosed comments can hide the real value. */
function isHarmless(style: string): boolean {
  if (/[\\<]|\/\*/.test(style)) return false;
  if ([...style.matchAll(/@([\w-]*)/g)].some(([, rule = '']) => !AT_RULES.has(rule.toLowerCase())))
    return false;
  const words = style.toLowerCase().match(/[\w-]+\(?/g) ?? [];
  if (words.some((word) => word.endsWith('(') && !FUNCTIONS.has(word.slice(0, -1)))) return false;
  return [...style.matchAll(/url\([^()]*\)?/gi)].every(([address]) => HARMLESS.test(address));
}

/** An unclosed comment stays and is refused. */
function withoutComments(css: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const start = css.indexOf('/*', at);
    const end = start < 0 ? -1 : css.indexOf('*/', start + 2);
    if (end < 0) return kept + css.slice(at);
    kept += `${css.slice(at, start)} `;
    at = end + 2;
  }
}
