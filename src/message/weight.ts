import { fillText, type Values } from '../render/fill.js';
import type { HtmlPart } from '../render/rendered.js';

/** Gmail clips the HTML of a message after this size and hides the rest, including the unsubscribe link. */
export const GMAIL_CLIP_BYTES = 102_000;

/** Size of the HTML of an email, in total and per section. */
export interface Weight {
  readonly bytes: number;
  /** Size divided by the clip size of Gmail. Above 1, the message is clipped. */
  readonly share_of_gmail_clip: number;
  readonly parts: readonly {
    readonly name: string;
    readonly title?: string;
    readonly bytes: number;
    readonly share: number;
  }[];
}

/** @param values values of the slots. */
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
