import { Tokenizer } from 'htmlparser2';
import type { SlotContext } from './slots.js';

const ADDRESS_ATTRIBUTES = new Set(['href', 'src', 'action', 'cite', 'background', 'poster']);

interface Span {
  readonly start: number;
  readonly end: number;
  readonly context: (offset: number) => SlotContext;
}

/** The same for plain text: within a web address, or not. */
export function textContexts(text: string): (offset: number) => SlotContext {
  return (offset) => {
    const before = text.slice(text.lastIndexOf('\n', offset) + 1, offset);
    return /(?:https?:\/\/|mailto:)\S*$/.test(before) ? 'url' : 'plain';
  };
}

/**
 * What kind of place each offset of an HTML text is, read by a tokenizer, so that it holds for anybody's templates.
 * Conditional comments, which Outlook reads as HTML, are looked into.
 */
export function htmlContexts(html: string): (offset: number) => SlotContext {
  const spans = addressSpans(html, 0);
  return (offset) => {
    const span = spans.find(({ start, end }) => start <= offset && offset < end);
    return span ? span.context(offset) : 'html';
  };
}

function addressSpans(html: string, base: number): Span[] {
  const spans: Span[] = [];
  let attribute = '';
  let start = -1;
  const data = (from: number) => {
    if (start < 0) start = from;
  };
  const comment = (from: number, to: number) => {
    const text = html.slice(from, to);
    if (/^\[if\b/.test(text)) spans.push(...addressSpans(text, base + from));
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
