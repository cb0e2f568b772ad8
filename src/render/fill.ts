import { tidyAddress, trimAddress } from '../text/address.js';
import type { Slot, SlotContext, Slotted } from './slots.js';

/** Values of merge fields by name. */
export type Values = Readonly<Record<string, string | undefined>>;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const WRITE: Record<SlotContext, (value: string) => string> = {
  plain: (value) => value,
  html: escapeHtml,
  url: (value) => encodeURIComponent(value).replace(/'/g, '%27'),
  address: (value) => (isWebAddress(value) ? escapeHtml(tidyAddress(value)) : '#'),
};

/** Fills a slot, escaped for its context. Control characters in the value become spaces. */
export function fillSlot(slot: Slot, values: Values): string {
  const value = Object.hasOwn(values, slot.name) ? values[slot.name] : undefined;
  return WRITE[slot.context](oneLine(value || slot.fallback || ''));
}

/** Fills the slots of a text. */
export function fillText(text: Slotted, values: Values): string {
  let filled = '';
  for (const piece of text) filled += typeof piece === 'string' ? piece : fillSlot(piece, values);
  return filled;
}

export function oneLine(value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return value;
  return value.toWellFormed().replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}

function isWebAddress(value: string): boolean {
  const address = trimAddress(value);
  return /^(https?|mailto):/i.test(address) && URL.canParse(address);
}
