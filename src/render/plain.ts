import type { Token } from './markdown.js';
import { columns, GLUE, indent, TEXT_WIDTH, wrap } from './wrap.js';

/** Collects the links of a section, which are listed at its end. */
export class Footnotes {
  private readonly urls: string[] = [];

  constructor(private readonly first: number) {}

  add(url: string): number {
    const known = this.urls.indexOf(url);
    return this.first + (known >= 0 ? known : this.urls.push(url) - 1);
  }

  get next(): number {
    return this.first + this.urls.length;
  }

  toString(): string {
    return this.urls.map((url, index) => `[${this.first + index}] ${url}`).join('\n');
  }
}

/** Markdown as a person would type it into a letter; links become numbers in brackets. */
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
  // The paragraphs of a list without empty lines are hidden, and what is in its items follows them at once.
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

/** That of a section's own heading is `=`. */
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

/** Columns under one another, as wide as their words where there is room, and a rule below the head. */
function tableRows(tokens: readonly Token[], notes: Footnotes, width: number): string {
  const rows: string[][] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type === 'inline') rows.at(-1)?.push(inlineText(token.children ?? [], notes));
  }
  const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('\n', ' ')));
  const widths = columnWidths([head, ...body], width);
  const rule = widths.map((one) => '-'.repeat(one)).join('-+-');
  return [rowLines(head, widths), rule, ...body.map((row) => rowLines(row, widths))].join('\n');
}

/** A column that is not wider than this is never made narrower. */
const LEAST_WIDTH = 12;

/** How wide each column is, so that all of them fit: the widest gives way first. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => columns(row[at] ?? '')), 1),
  );
  const all = () => widths.reduce((sum, one) => sum + one + BAR.length, -BAR.length);
  while (all() > width) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= LEAST_WIDTH) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const BAR = ' | ';

/** A row, on as many lines as its longest cell takes. */
function rowLines(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, at) => wrap(row[at] ?? '', width).split('\n'));
  const height = Math.max(...cells.map((lines) => lines.length));
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
  return `${text}\n${mark.repeat(Math.max(...text.split('\n').map(columns)))}`;
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

function inlineText(tokens: readonly Token[], notes: Footnotes): string {
  let text = '';
  const open: { url: string; from: number }[] = [];
  for (const token of tokens) {
    if (token.type === 'link_open')
      open.push({ url: String(token.attrGet('href') ?? ''), from: text.length });
    else if (token.type === 'link_close') {
      const link = open.pop();
      const shown = ['linkify', 'autolink'].includes(token.markup) || text.slice(link?.from) === link?.url;
      if (link && !shown) text += `${GLUE}[${notes.add(link.url)}]`;
      else if (link) text = text.slice(0, link.from) + link.url.replace(/^mailto:/, '');
    } else if (token.type === 'image') text += `[Picture: ${inlineText(token.children ?? [], notes)}]`;
    else if (token.type === 'em_open' || token.type === 'em_close') text += '_';
    else if (token.type === 'strong_open' || token.type === 'strong_close') text += '*';
    else if (token.type === 'code_inline') text += `\`${token.content}\``;
    else if (token.type === 'softbreak') text += ' ';
    else if (token.type === 'hardbreak') text += '\n';
    else text += token.content;
  }
  return text;
}

/** The index of the token that closes the one at `index`. */
function closing(tokens: readonly Token[], index: number): number {
  let depth = 0;
  for (let end = index; end < tokens.length; end++) {
    depth += tokens[end]?.nesting ?? 0;
    if (depth === 0) return end;
  }
  return tokens.length - 1;
}
