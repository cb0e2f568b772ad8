import { isUtf8 } from 'node:buffer';
import { Parser } from 'htmlparser2';
import { ANIMATIONS, ATTRIBUTES, ELEMENTS } from './svg-names.js';
import { harmlessStyle } from './svg-style.js';
import { UnsafeDrawing } from './unsafe-drawing.js';

/** An image embedded in a drawing. */
const EMBEDDED = /^data:image\/(?:png|jpe?g|gif|webp);base64,([\w+/=\s]*)$/i;

/**
 * Rewrites a drawing with only the elements that draw: no scripts, no external references, no author
 * metadata. So it does not matter how a browser would treat the rest.
 * @param bare removes metadata from an embedded image
 * @throws UnsafeDrawing when the result could look different
 */
export async function safeDrawing(
  bytes: Buffer,
  bare: (picture: Buffer) => Promise<string>,
): Promise<Buffer> {
  if (!isUtf8(bytes)) throw new UnsafeDrawing('is not UTF-8 text: save it as UTF-8');
  const text = bytes.toString();
  if (/<!ENTITY/i.test(text))
    throw new UnsafeDrawing('declares entities (<!ENTITY): export it again as plain SVG');
  const drawing = new Drawing();
  new Parser(drawing, { xmlMode: true, decodeEntities: true }).end(text);
  const pieces = drawing.pieces.map(async (piece) =>
    typeof piece === 'string' ? piece : escaped(await bare(piece)),
  );
  return Buffer.from((await Promise.all(pieces)).join(''));
}

/** The rewritten drawing while it is parsed: markup and embedded images. */
class Drawing {
  readonly pieces: (string | Buffer)[] = [];
  /** Open elements. */
  private readonly open: string[] = [];
  /** Depth inside an omitted element. */
  private outside = 0;
  private style = '';

  onopentag(name: string, attributes: Record<string, string>): void {
    if (this.open.length === 0 && name !== 'svg') throw new UnsafeDrawing('does not begin with <svg>');
    if (name === 'foreignObject')
      throw new UnsafeDrawing('contains HTML (<foreignObject>): draw its text with <text>, or export a PNG');
    if (this.outside > 0 || !ELEMENTS.has(name) || leadsAway(name, attributes)) {
      this.outside += 1;
      return;
    }
    const space = this.open.length === 0 ? ' xmlns="http://www.w3.org/2000/svg"' : '';
    this.open.push(name);
    this.pieces.push(`<${name}${space}`);
    for (const [key, value] of Object.entries(attributes)) this.attribute(name, key, value);
    this.pieces.push('>');
  }

  ontext(text: string): void {
    if (this.outside > 0 || this.open.length === 0) return;
    if (this.open.at(-1) === 'style') this.style += text;
    else this.pieces.push(escaped(text));
  }

  onclosetag(): void {
    if (this.outside > 0) {
      this.outside -= 1;
      return;
    }
    const name = this.open.pop();
    if (name === 'style') {
      this.pieces.push(escaped(known(harmlessStyle(this.style))));
      this.style = '';
    }
    if (name !== undefined) this.pieces.push(`</${name}>`);
  }

  private attribute(element: string, name: string, value: string): void {
    if (name === 'href' || name === 'xlink:href') this.address(element, value.trim());
    else if (ATTRIBUTES.has(name)) {
      const kept =
        name === 'style' ? known(harmlessStyle(value)) : value.includes('(') ? harmlessStyle(value) : value;
      if (kept !== undefined) this.pieces.push(` ${name}="${escaped(kept)}"`);
    }
  }

  /** Allows only references inside the drawing, and embedded images. */
  private address(element: string, value: string): void {
    const picture = element === 'image' ? EMBEDDED.exec(value)?.[1] : undefined;
    if (picture !== undefined) this.pieces.push(' href="', Buffer.from(picture, 'base64'), '"');
    else if (element === 'image' && /^data:/i.test(value))
      throw new UnsafeDrawing(
        'contains an image that is not PNG, JPEG, GIF or WebP: use one of those formats',
      );
    else if (/^#[^\s"'<>]*$/.test(value) && element !== 'a') this.pieces.push(` href="${escaped(value)}"`);
  }
}

/** Whether an animation changes a reference. A motion does not need an attribute name. */
function leadsAway(name: string, { attributeName }: Record<string, string>): boolean {
  if (!ANIMATIONS.has(name)) return false;
  return attributeName === undefined ? name !== 'animateMotion' : !ATTRIBUTES.has(attributeName);
}

function known(style: string | undefined): string {
  if (style !== undefined) return style;
  throw new UnsafeDrawing(
    'has a style sheet that may load something: remove backslashes and rules such as @layer',
  );
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
