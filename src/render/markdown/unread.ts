import type { MarkdownIt, StateInline } from 'markdown-it';
import { openingBracket } from '../scan.js';
import type { Flaw } from '../text-findings.js';
import type { MarkdownEnv } from './markdown-env.js';

/** Text that looks like a link or image but is not valid Markdown, with the offset of its first bracket. */
export interface Unread extends Flaw {
  readonly offset: number;
}

/** A closing bracket and the text after it. */
interface Bracket {
  /** Text between the brackets; undefined if it contains brackets. */
  readonly label: string | undefined;
  readonly image: boolean;
  /** Whether a letter or digit precedes the opening bracket, as in `list[0]`. */
  readonly joined: boolean;
  readonly rest: string;
}

/** A common mistake in link syntax. @returns the rest of the link text, and a hint */
type Form = (bracket: Bracket) => { readonly rest: string; readonly hint?: string } | undefined;

const ADDRESS = String.raw`(?:https?:\/\/|mailto:|tel:|www\.|\.{0,2}\/)[^\s()]*`;
const SPACED_LINK = new RegExp(String.raw`^\s{1,3}\((${ADDRESS})\)`, 'i');
const SPACED_IMAGE = /^\s{1,3}\(([^\s()]*[./:][^\s()]*)\)/;
const REFERENCE = /^\[([^[\]\n]*)\]/;
/** Labels of citations, task lists and quotations, which are not links. */
const PLAIN_LABEL = /^(?:[\d\s,;.–-]*|x|sic|\.{3}|…)$/i;
/** Footnote labels. A character class such as `[^a-z]` is not one. */
const NOTE = /^\^(?!.-.$)[\p{L}\p{N}_-]+$/u;

const forms: readonly Form[] = [
  function noAddress({ rest }) {
    const found = /^\([^()\n]*\)?/.exec(rest);
    return found ? { rest: found[0] } : undefined;
  },
  function footnote({ label = '', rest }) {
    const hint = 'footnotes are not supported: write the note in parentheses, or link to it';
    // A footnote definition is part of the same mistake.
    return NOTE.test(label) && !rest.startsWith(':') ? { rest: '', hint } : undefined;
  },
  function spaceBefore({ rest, image, label = '' }) {
    const found = (image ? SPACED_IMAGE : SPACED_LINK).exec(rest);
    if (!found || (!image && PLAIN_LABEL.test(label.trim()))) return undefined;
    return {
      rest: found[0],
      hint: `write ${image ? '!' : ''}[${label}](${found[1]}), without a space between`,
    };
  },
  function noDefinition({ rest, image, joined, label = 'text' }) {
    const found = REFERENCE.exec(rest);
    if (!found || (!image && (joined || PLAIN_LABEL.test(label.trim())))) return undefined;
    const name = found[1]?.trim() || label;
    const hint = `write ${image ? '!' : ''}[${label}](address), or add a line "[${name}]: address" to this text`;
    return { rest: found[0], hint };
  },
];

/** Maximum length examined after a bracket. */
const REACH = 2_000;

/** Maximum length of an image inside a link. */
const IMAGE = 500;

/** Opening bracket of a link around an image, by the offset of the closing bracket. */
function aroundImage(src: string, pos: number): ReturnType<typeof openingBracket> {
  const found = /\[!\[[^[\]]*\](?:\([^()]*\)|\[[^[\]]*\])$/.exec(src.slice(Math.max(0, pos - IMAGE), pos));
  return found ? { offset: pos - found[0].length, backslashes: 0 } : undefined;
}

/** A likely link or image at a closing bracket that was parsed as text. */
function unreadAt({ src, pos }: Pick<StateInline, 'src' | 'pos'>): Unread | undefined {
  const rest = src.slice(pos + 1, pos + REACH);
  const open = openingBracket(src, pos) ?? (/^[[\s]/.test(rest) ? aroundImage(src, pos) : undefined);
  // An escaped bracket is intentional.
  if (open && open.backslashes % 2 === 1) return undefined;
  if (!open && !rest.startsWith('(')) return undefined;
  const start = open?.offset ?? pos;
  const image = src[start - 1] === '!' && src[start - 2] !== '\\';
  const label = open && src.slice(start + 1, pos);
  const joined = /[\p{L}\p{N}\])]/u.test(src[start - 1] ?? '');
  for (const form of forms) {
    const found = form({ label, image, joined, rest });
    if (!found) continue;
    const { rest: more, ...hint } = found;
    const text = `${image ? '!' : ''}${open ? src.slice(start, pos + 1) : ']'}${more}`;
    return { kind: 'unread', text, offset: image ? start - 1 : start, ...hint };
  }
  return undefined;
}

/** Reports links and images that were parsed as text. */
export function noteUnread({ inline }: MarkdownIt): void {
  inline.ruler.push('unread', (state, silent) => {
    const unread = !silent && state.src[state.pos] === ']' ? unreadAt(state) : undefined;
    if (unread) {
      const { offset, ...flaw } = unread;
      const { found, map } = state.env as MarkdownEnv;
      found.flaw(flaw, map.at(offset));
    }
    return false;
  });
}
