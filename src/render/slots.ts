/** A place in a message that is filled for each recipient. */
export interface Slot {
  /** Column of the list, or `unsubscribe_url`. */
  readonly name: string;
  /** What those get who have no value; undefined: there must be one. */
  readonly fallback?: string;
  readonly context: SlotContext;
}

/**
 * Where a slot stands, which decides how its value is written: `html` as text or in an attribute, `url` as a part of
 * a web address, `address` as the whole of one, `plain` without any escaping.
 */
export type SlotContext = 'html' | 'url' | 'address' | 'plain';

/** A text with slots in it. */
export type Slotted = readonly (string | Slot)[];
