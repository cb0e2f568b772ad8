/** A placeholder in a message that is filled per recipient. */
export interface Slot {
  /** Column of the list, or `unsubscribe_url`. */
  readonly name: string;
  /** Value for recipients without one; undefined if a value is required. */
  readonly fallback?: string;
  readonly context: SlotContext;
}

/**
 * Context of a slot, which determines the escaping: `html` for text or an attribute, `url` for part of a URL,
 * `address` for a whole URL, `plain` for none.
 */
export type SlotContext = 'html' | 'url' | 'address' | 'plain';

/** Text with slots. */
export type Slotted = readonly (string | Slot)[];
