import type { MergeField } from '../merge/expression.js';
import type { Slot, SlotContext, Slotted } from './slots.js';

/**
 * Hands out markers that stand for merge fields while Markdown, Handlebars and MJML do their work. A marker is made of
 * small letters and digits alone, so that none of them changes it, and of a word that the issue does not contain.
 */
export class Markers {
  private readonly fields: MergeField[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly word: string;
  /** Stands for no field: it says where a section begins, and never stays in a message. */
  readonly mark: string;

  constructor(text: string) {
    let word = 'obnslot';
    while (text.toLowerCase().includes(word)) word += 'x';
    this.word = word;
    this.mark = `${word}mark`;
  }

  add(field: MergeField): string {
    const key = JSON.stringify([field.name, field.fallback]);
    const index = this.indexes.get(key) ?? this.fields.push(field) - 1;
    this.indexes.set(key, index);
    return `${this.word}${index}z`;
  }

  /** The fields that were asked for, once each. */
  list(): readonly MergeField[] {
    return this.fields;
  }

  /** Whether any stands in a text. */
  isIn(text: string): boolean {
    // To look for the word alone is quicker, and most texts do not have it.
    return this.fields.length > 0 && text.includes(this.word) && new RegExp(`${this.word}\\d+z`).test(text);
  }

  /** Splits a text at its markers. `contextAt` says for an offset of the text what kind of place it is. */
  split(text: string, contextAt: (offset: number) => SlotContext): Slotted {
    const pieces: (string | Slot)[] = [];
    let end = 0;
    for (const match of text.matchAll(new RegExp(`${this.word}(\\d+)z`, 'g'))) {
      const field = this.fields[Number(match[1])];
      if (!field) continue;
      if (match.index > end) pieces.push(text.slice(end, match.index));
      const { name, fallback } = field;
      const context = contextAt(match.index);
      pieces.push({ name, context, ...(fallback === undefined ? {} : { fallback }) });
      end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push(text.slice(end));
    return pieces;
  }

  /** A text with the fallbacks of its merge fields in their place. */
  plain(text: string): string {
    return this.resolve(text, ({ fallback }) => fallback ?? '');
  }

  /** Whether a text begins with a merge field that has no fallback. */
  beginsOpen(text: string): boolean {
    return this.resolve(text, ({ fallback }) => fallback ?? '\0').startsWith('\0');
  }

  /** Puts a value in the place of every marker. */
  resolve(text: string, value: (field: MergeField) => string): string {
    return text.replace(new RegExp(`${this.word}(\\d+)z`, 'g'), (marker, index: string) => {
      const field = this.fields[Number(index)];
      return field ? value(field) : marker;
    });
  }
}
