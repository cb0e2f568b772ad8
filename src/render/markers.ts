import type { MergeField } from '../merge/expression.js';
import type { Slot, SlotContext, Slotted } from './slots.js';

/**
 * Creates markers that represent merge fields during Markdown, Handlebars and MJML processing. A marker
 * contains only lowercase letters and digits, so none of them changes it, and a word that does not occur in
 * the issue.
 */
export class Markers {
  private readonly fields: MergeField[] = [];
  private readonly indexes = new Map<string, number>();
  private readonly word: string;
  /** Marks the beginning of a section. Never remains in a message. */
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

  /** The distinct fields with markers. */
  list(): readonly MergeField[] {
    return this.fields;
  }

  /** Whether a text contains a marker. */
  isIn(text: string): boolean {
    // Searching for the word alone is faster, and most texts do not contain it.
    return this.fields.length > 0 && text.includes(this.word) && new RegExp(`${this.word}\\d+z`).test(text);
  }

  /** Splits a text at its markers. `contextAt` returns the slot context of an offset. */
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

  /** The text with fallback values. */
  plain(text: string): string {
    return this.resolve(text, ({ fallback }) => fallback ?? '');
  }

  /** Whether a text begins with a merge field without a fallback. */
  beginsOpen(text: string): boolean {
    return this.resolve(text, ({ fallback }) => fallback ?? '\0').startsWith('\0');
  }

  /** Replaces every marker by a value. */
  resolve(text: string, value: (field: MergeField) => string): string {
    return text.replace(new RegExp(`${this.word}(\\d+)z`, 'g'), (marker, index: string) => {
      const field = this.fields[Number(index)];
      return field ? value(field) : marker;
    });
  }
}
