import { fillText, type Values } from '../render/fill.js';
import type { HtmlPart } from '../render/rendered.js';

/** Gmail shows so much of the HTML of a message, and hides the rest, the unsubscribe link with it, behind a link. */
export const GMAIL_CLIP_BYTES = 102_000;

/** How heavy the HTML of a mail is, and where its weight is. */
export interface Weight {
  readonly bytes: number;
  /** Share of what Gmail shows: above 1 the message is clipped. */
  readonly share_of_gmail_clip: number;
  readonly parts: readonly {
    readonly name: string;
    readonly title?: string;
    readonly bytes: number;
    readonly share: number;
  }[];
}

/** @param values what the reader's slots are filled with. */
export function weigh(parts: readonly HtmlPart[], values: Values): Weight {
  const weighed = parts.map(({ html, section: _, ...named }) => ({
    ...named,
    bytes: Buffer.byteLength(fillText(html, values)),
  }));
  const bytes = weighed.reduce((sum, part) => sum + part.bytes, 0);
  return {
    bytes,
    share_of_gmail_clip: rounded(bytes / GMAIL_CLIP_BYTES),
    parts: weighed.map((part) => ({ ...part, share: rounded(part.bytes / bytes) })),
  };
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
