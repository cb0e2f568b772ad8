import { Tokenizer } from 'htmlparser2';
import type { SlotContext } from './slots.js';

const ADDRESS_ATTRIBUTES = new Set(['href', 'src', 'action', 'cite', 'background', 'poster']);

interface Span {
  readonly start: number;
  readonly end: number;
  readonly context: (offset: number) => SlotContext;
}

/** Slot contexts of plain text: in a URL or not. */
export function textContexts(text: string): (offset: number) => SlotContext {
  const spans: Span[] = [];
  for (const { 0: address, 1: scheme = '', index } of text.matchAll(/(https?:\/\/|mailto:)\S*/gi)) {
    spans.push({ start: index + scheme.length, end: index + address.length + 1, context: () => 'url' });
  }
  return (offset) => spanAt(spans, offset)?.context(offset) ?? 'plain';
}

/**
 * Slot contexts of HTML, determined by a tokenizer so that they are right for any template. Includes
 * conditional comments, which Outlook reads as HTML.
 */
export function htmlContexts(html: string): (offset: number) => SlotContext {
  const spans = addressSpans(html, 0);
  return (offset) => spanAt(spans, offset)?.context(offset) ?? 'html';
}

/** The span that contains an offset. @param spans sorted and not nested */
function spanAt(spans: readonly Span[], offset: number): Span | undefined {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  const span = spans[low];
  return span && span.start <= offset ? span : undefined;
}

/** @param outer true for the HTML itself, false for a comment in it, because comments do not nest */
function addressSpans(html: string, base: number, outer = true): Span[] {
  const spans: Span[] = [];
  let attribute = '';
  let start = -1;
  const data = (from: number) => {
    if (start < 0) start = from;
  };
  const comment = (from: number, to: number) => {
    const text = html.slice(from, to);
    if (!outer || !/^\[if\b/.test(text)) return;
    for (const span of addressSpans(text, base + from, false)) spans.push(span);
  };
  const ignore = () => undefined;
  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      onattribname: (from, to) => {
        attribute = html.slice(from, to).toLowerCase();
        start = -1;
      },
      onattribdata: data,
      onattribentity: ignore,
      onattribend: (_quote, to) => {
        if (start >= 0 && ADDRESS_ATTRIBUTES.has(attribute)) {
          const first = base + start;
          const context = (offset: number): SlotContext => (offset === first ? 'address' : 'url');
          spans.push({ start: first, end: base + to, context });
        }
      },
      oncomment: comment,
      oncdata: ignore,
      onclosetag: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onopentagend: ignore,
      onopentagname: ignore,
      onprocessinginstruction: ignore,
      onselfclosingtag: ignore,
      ontext: ignore,
      ontextentity: ignore,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return spans;
}
