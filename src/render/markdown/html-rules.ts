import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it';
import { htmlHint, KNOWN_TAGS } from './html-hints.js';
import type { MarkdownEnv } from './markdown-env.js';

const OPEN = '<!--';
const CLOSE = '-->';

/**
 * Removes and reports comments (CommonMark 0.31, 4.6 and 6.6). Other HTML stays as literal text, which
 * readers see, and is reported, too.
 */
export function readHtml({ block, inline }: MarkdownIt): void {
  const alt = ['paragraph', 'reference', 'blockquote'];
  block.ruler.after('html_block', 'comment', readBlockComment, { alt });
  inline.ruler.after('html_inline', 'comment', readInlineComment);
}

function readBlockComment(state: StateBlock, line: number, end: number, silent: boolean): boolean {
  const comment = blockComment(state, line, end);
  if (!comment) return false;
  if (silent) return true;
  if (comment.rest !== undefined) beginLineAt(state, comment.line, comment.rest);
  const { found, map } = state.env as MarkdownEnv;
  const kind = comment.closed ? 'comment' : 'open-comment';
  found.flaw({ kind, text: comment.text }, map.at(comment.start));
  state.line = comment.line;
  return true;
}

function readInlineComment(state: StateInline, silent: boolean): boolean {
  const { src, pos } = state;
  const { found, map, unclosed } = state.env as MarkdownEnv;
  if (!src.startsWith(OPEN, pos)) {
    if (!silent && src[pos] === '<') noteTag(state);
    return false;
  }
  if (unclosed.has(state)) return false;
  const end = commentEnd(src, pos);
  if (end === undefined) unclosed.add(state);
  if (end === undefined || end > state.posMax) {
    if (!silent) found.flaw({ kind: 'open-comment', text: OPEN }, map.at(pos));
    return false;
  }
  if (!silent) found.flaw({ kind: 'comment', text: src.slice(pos, end) }, map.at(pos));
  state.pos = end;
  return true;
}

const TAG = /<\/?([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]{0,1000}>|<(?=\?|!\[CDATA\[|![A-Za-z])[^<>]{0,1000}>/y;

/** Text in angle brackets that is not an HTML element, such as `<name>`, is intentional. */
function noteTag(state: StateInline): void {
  const { src, pos } = state;
  TAG.lastIndex = pos;
  const tag = TAG.exec(src);
  if (!tag) return;
  const [text, name = ''] = tag;
  if (name !== '' && !KNOWN_TAGS.has(name.toLowerCase())) return;
  // Reports an element once, at its start tag.
  if (text.startsWith('</')) return;
  const { found, map } = state.env as MarkdownEnv;
  found.flaw({ kind: 'html', text, hint: htmlHint(name.toLowerCase()) }, map.at(pos));
}

/** End of the comment that begins at an offset; undefined if it is unclosed. */
function commentEnd(text: string, start: number): number | undefined {
  if (text.startsWith('>', start + 4)) return start + 5;
  if (text.startsWith('->', start + 4)) return start + 6;
  const close = text.indexOf(CLOSE, start + OPEN.length);
  return close < 0 ? undefined : close + CLOSE.length;
}

interface BlockComment {
  readonly text: string;
  readonly start: number;
  readonly closed: boolean;
  /** Line where the text continues. */
  readonly line: number;
  /** Offset where the text continues, if not at the start of the line. */
  readonly rest?: number;
}

/**
 * A comment that begins a block. Text may follow on the last of several lines. An unclosed comment extends to
 * the end of the list item, quotation or text.
 */
function blockComment(state: StateBlock, first: number, endLine: number): BlockComment | undefined {
  const { src } = state;
  const start = startOf(state, first);
  if (indented(state, first) || !src.startsWith(OPEN, start)) return undefined;
  let [line, at, open] = [first, start, false];
  while (line < endLine && !(open && endsBefore(state, line))) {
    const max = state.eMarks[line] ?? 0;
    const end = open ? closeFrom(src, at, max) : endOnLine(src, at, max);
    if (end === undefined) {
      open = true;
      line += 1;
      at = startOf(state, line);
      continue;
    }
    open = false;
    at = end;
    while (at < max && /[ \t]/.test(src[at] ?? '')) at += 1;
    if (at >= max) return { text: src.slice(start, end), start, closed: true, line: line + 1 };
    if (src.startsWith(OPEN, at)) continue;
    // A single-line comment with text is a paragraph, whose inline rule removes the comment.
    if (line === first) return undefined;
    return { text: src.slice(start, end), start, closed: true, line, rest: at };
  }
  return { text: OPEN, start, closed: false, line };
}

/** Removes the part of a line before an offset. */
function beginLineAt(state: StateBlock, line: number, offset: number): void {
  state.bMarks[line] = offset;
  state.tShift[line] = 0;
  state.sCount[line] = state.blkIndent;
}

/** Whether a list item or quotation ends before a line. */
function endsBefore(state: StateBlock, line: number): boolean {
  return (state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line);
}

function endOnLine(text: string, start: number, max: number): number | undefined {
  const end = commentEnd(text.slice(start, max), 0);
  return end === undefined ? undefined : start + end;
}

function closeFrom(text: string, from: number, max: number): number | undefined {
  const close = text.slice(from, max).indexOf(CLOSE);
  return close < 0 ? undefined : from + close + CLOSE.length;
}

function startOf({ bMarks, tShift }: StateBlock, line: number): number {
  return (bMarks[line] ?? 0) + (tShift[line] ?? 0);
}

/** Whether a line is indented code (four or more columns). */
function indented({ sCount, blkIndent }: StateBlock, line: number): boolean {
  return (sCount[line] ?? 0) - blkIndent >= 4;
}
