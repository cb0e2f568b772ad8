import type { Token } from './markdown/parse-markdown.js';
import { columns, GLUE, indent, largest, TEXT_WIDTH, wrap } from './wrap.js';

/** Collects the links of a section, which are listed at its end. */
export class Footnotes {
  private readonly numbers = new Map<string, number>();

  /** @param link adds tracking parameters to a URL */
  constructor(
    private readonly first: number,
    readonly link: (href: string) => string = (href) => href,
  ) {}

  add(url: string): number {
    const number = this.numbers.get(url) ?? this.next;
    this.numbers.set(url, number);
    return number;
  }

  get next(): number {
    return this.first + this.numbers.size;
  }

  toString(): string {
    return [...this.numbers].map(([url, number]) => `[${number}] ${url}`).join('\n');
  }
}

/** Markdown as plain text. Links become numbers in brackets. */
export function plainText(tokens: readonly Token[], notes: Footnotes, width = TEXT_WIDTH): string {
  const blocks: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    if (token.nesting === 1) {
      const end = closing(tokens, index);
      const inside = tokens.slice(index + 1, end);
      blocks.push(container(token, inside, notes, width));
      index = end;
    } else blocks.push(leaf(token, notes, width));
  }
  // In a tight list, paragraphs are hidden, and nested content follows directly.
  const tight = tokens.some(
    ({ type, hidden, level }) => type === 'paragraph_open' && hidden && level === tokens[0]?.level,
  );
  return blocks.filter((block) => block !== '').join(tight ? '\n' : '\n\n');
}

function container(token: Token, inside: readonly Token[], notes: Footnotes, width: number): string {
  switch (token.type) {
    case 'bullet_list_open':
      return listItems(inside, notes, width, () => '* ');
    case 'ordered_list_open': {
      const start = Number(token.attrGet('start') ?? 1);
      return listItems(inside, notes, width, (index) => `${start + index}. `);
    }
    case 'blockquote_open':
      return indent(plainText(inside, notes, width - 2), '> ');
    case 'table_open':
      return tableRows(inside, notes, width);
    case 'heading_open':
      return underlined(plainText(inside, notes, width), UNDERLINES[token.tag] ?? '.');
    default:
      return plainText(inside, notes, width);
  }
}

/** Underlines of headings. A section heading uses `=`. */
const UNDERLINES: Readonly<Record<string, string>> = { h2: '=', h3: '-' };

function listItems(
  tokens: readonly Token[],
  notes: Footnotes,
  width: number,
  mark: (index: number) => string,
): string {
  const items: string[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const end = closing(tokens, index);
    const prefix = mark(items.length);
    const text = plainText(tokens.slice(index + 1, end), notes, width - prefix.length);
    items.push(indent(text, ' '.repeat(prefix.length), prefix));
    index = end;
  }
  return items.join('\n');
}

/** Aligned columns, as wide as their content if it fits, with a rule below the head. */
function tableRows(tokens: readonly Token[], notes: Footnotes, width: number): string {
  const rows: string[][] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type === 'inline') rows.at(-1)?.push(inlineText(token.children ?? [], notes));
  }
  const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('\n', ' ')));
  if (head.length > width / LEAST_COLUMN) return [head, ...body].map((row) => row.join(BAR)).join('\n');
  const widths = columnWidths([head, ...body], width);
  const rule = widths.map((one) => '-'.repeat(one)).join('-+-');
  return [rowLines(head, widths), rule, ...body.map((row) => rowLines(row, widths))].join('\n');
}

/** Columns up to this width are never narrowed. */
const LEAST_WIDTH = 12;
/** Minimum column width, including the gap. */
const LEAST_COLUMN = 4;

/** Column widths that fit the line. The widest column shrinks first. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const wanted = Array.from({ length: largest(rows.map((row) => row.length)) }, (_, at) =>
    largest(
      rows.map((row) => columns(row[at] ?? '')),
      1,
    ),
  );
  const room = width - BAR.length * (wanted.length - 1);
  const used = (limit: number) => wanted.reduce((sum, one) => sum + Math.min(one, limit), 0);
  let limit = Math.min(largest(wanted), width);
  while (limit > LEAST_WIDTH && used(limit) > room) limit -= 1;
  // The columns on the right get the remaining space.
  let rest = room - used(limit);
  return wanted
    .reverse()
    .map((one) => (one > limit && rest-- > 0 ? limit + 1 : Math.min(one, limit)))
    .reverse();
}

const BAR = ' | ';

/** A row, with as many lines as its longest cell. */
function rowLines(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, at) => wrap(row[at] ?? '', width).split('\n'));
  const height = largest(cells.map((lines) => lines.length));
  const lines = Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, at) => filled(cell[line] ?? '', widths[at] ?? 0))
      .join(BAR)
      .trimEnd(),
  );
  return lines.join('\n');
}

function filled(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

function underlined(text: string, mark: string): string {
  return `${text}\n${mark.repeat(largest(text.split('\n').map(columns)))}`;
}

function leaf(token: Token, notes: Footnotes, width: number): string {
  switch (token.type) {
    case 'inline':
      return wrap(inlineText(token.children ?? [], notes), width);
    case 'fence':
    case 'code_block':
      return indent(token.content.trimEnd(), '    ');
    case 'hr':
      return '* * *';
    default:
      return '';
  }
}

/** Markers around emphasized and struck-out text. */
const MARKS: Readonly<Record<string, string>> = {
  em_open: '_',
  em_close: '_',
  strong_open: '*',
  strong_close: '*',
  s_open: '~~',
  s_close: '~~',
};

function picture(alt: string): string {
  return alt === '' ? '[Image]' : `[Image: ${alt}]`;
}

function inlineText(tokens: readonly Token[], notes: Footnotes): string {
  // Collects pieces, because repeatedly cutting a growing string copies it each time.
  const pieces: string[] = [];
  const open: { url: string; from: number }[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open')
      open.push({ url: notes.link(String(token.attrGet('href') ?? '')), from: pieces.length });
    else if (token.type === 'link_close') {
      const link = open.pop();
      if (!link) continue;
      const words = pieces.slice(link.from).join('');
      const shown = ['linkify', 'autolink'].includes(token.markup) || words === link.url;
      if (shown) pieces.splice(link.from, pieces.length, link.url.replace(/^mailto:/i, ''));
      else pieces.push(`${GLUE}[${notes.add(link.url)}]`);
    } else if (token.type === 'image') pieces.push(picture(inlineText(token.children ?? [], notes)));
    else if (token.type in MARKS) pieces.push(MARKS[token.type] ?? '');
    else if (token.type === 'code_inline') pieces.push(`\`${token.content}\``);
    else if (token.type === 'softbreak') pieces.push(' ');
    else if (token.type === 'hardbreak') pieces.push('\n');
    else pieces.push(token.content);
  }
  return pieces.join('');
}

/** Index of the token that closes the one at `index`. */
function closing(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let end = index; end < tokens.length; end++) {
    depth += tokens[end]?.nesting ?? 0;
    if (depth === 0) return end;
  }
  return tokens.length - 1;
}
