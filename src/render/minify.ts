import { Tokenizer } from 'htmlparser2';

/** Block elements. White space between two of their tags is never shown. */
const BLOCKS = new Set(
  [
    'html head title meta link style body address article aside blockquote center dd div dl dt figcaption figure',
    'footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul',
  ].flatMap((line) => line.split(' ')),
);

/** Elements that preserve white space. */
const PREFORMATTED = new Set(['pre', 'textarea', 'script', 'xmp']);

const SPACES = /[ \t\r\n\f]+/g;

/**
 * Removes invisible white space from HTML: between blocks, in runs, in style sheets and around punctuation in
 * style attributes. Everything else stays byte for byte, including Outlook's conditional comments.
 */
export function minifyHtml(html: string): string {
  const { edits } = new WhiteSpace(html);
  let minified = '';
  let end = 0;
  for (const edit of edits.sort((a, b) => a.start - b.start)) {
    minified += html.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return minified + html.slice(end);
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Walks the tokens of HTML and collects replacements for white space. */
class WhiteSpace {
  readonly edits: Edit[] = [];
  private element = '';
  private attribute = '';
  private value = -1;
  private valueEnd = -1;
  private preformatted = 0;
  /** Whether the preceding token is a block tag, ignoring comments and white space. */
  private afterBlock = true;
  private blanks: Edit[] = [];

  constructor(private readonly html: string) {
    const ignore = () => undefined;
    const tokenizer = new Tokenizer(
      { decodeEntities: false },
      {
        onopentagname: (start, end) => this.tag(start, end, 1),
        onclosetag: (start, end) => this.tag(start, end, -1),
        ontext: (start, end) => this.text(start, end),
        onattribname: (start, end) => {
          this.attribute = html.slice(start, end).toLowerCase();
          this.value = -1;
        },
        onattribdata: (start, end) => {
          if (this.value < 0) this.value = start;
          this.valueEnd = end;
        },
        onattribend: () => this.attributeEnd(),
        ontextentity: ignore,
        onattribentity: ignore,
        oncomment: ignore,
        oncdata: ignore,
        ondeclaration: ignore,
        onend: ignore,
        onopentagend: ignore,
        onprocessinginstruction: ignore,
        onselfclosingtag: ignore,
      },
    );
    tokenizer.write(html);
    tokenizer.end();
    this.place(true);
  }

  private tag(start: number, end: number, depth: 1 | -1): void {
    const name = this.html.slice(start, end).toLowerCase();
    this.place(BLOCKS.has(name));
    this.element = depth > 0 ? name : '';
    if (PREFORMATTED.has(name)) this.preformatted = Math.max(0, this.preformatted + depth);
  }

  private text(start: number, end: number): void {
    const source = this.html.slice(start, end);
    if (this.element === 'style') this.edits.push({ start, end, text: linesOf(source) });
    else if (this.preformatted > 0) this.place(false);
    else if (source.replace(SPACES, '') === '') this.blanks.push({ start, end, text: ' ' });
    else {
      this.place(false);
      this.edits.push({ start, end, text: source.replace(SPACES, ' ') });
    }
  }

  private attributeEnd(): void {
    if (this.attribute !== 'style' || this.value < 0) return;
    const [start, end] = [this.value, this.valueEnd];
    this.edits.push({ start, end, text: minifyStyle(this.html.slice(start, end)) });
  }

  /** Replaces pending white space: nothing between two blocks, otherwise one space. */
  private place(block: boolean): void {
    const goes = block && this.afterBlock;
    for (const blank of this.blanks) this.edits.push(goes ? { ...blank, text: '' } : blank);
    this.blanks = [];
    this.afterBlock = block;
  }
}

/** Removes white space around line breaks, and empty lines. */
function linesOf(style: string): string {
  return style.replace(/\s+/g, (space) => (space.includes('\n') ? '\n' : space));
}

/**
 * Tokens of a style: strings, entities and parentheses, which keep their spaces, then spaces, then
 * punctuation.
 */
const PIECES = /&(?:quot|#39|apos);.*?&(?:quot|#39|apos);|&#?\w+;|"[^"]*"|'[^']*'|\([^()]*\)|\s+|[:;,]/gs;
const SIGN = /^[:;,]$/;

/** Removes spaces around punctuation, and the last semicolon. */
function minifyStyle(style: string): string {
  const trimmed = style.trim();
  let signEnd = -1;
  const minified = trimmed.replace(PIECES, (piece, offset: number) => {
    const end = offset + piece.length;
    const goes = signEnd === offset || SIGN.test(trimmed[end] ?? '');
    if (SIGN.test(piece)) signEnd = end;
    return goes && piece.trim() === '' ? '' : piece;
  });
  return signEnd === trimmed.length && minified.endsWith(';') ? minified.slice(0, -1) : minified;
}
