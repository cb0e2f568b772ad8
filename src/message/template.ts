import { fillSlot, type Values } from '../render/fill.js';
import type { Slot, Slotted } from '../render/slots.js';
import type { MessageTemplate } from '../transport/outgoing.js';
import { type CompiledMessage, isSlot } from './compiled.js';

/**
 * Literal text that could be read as template syntax: double braces, braces next to a variable, and
 * backslashes before either, which Handlebars treats as an escape. Such text becomes the value of a variable.
 */
const SYNTAX = /((?<!\\)\\*[{}]{2,}|^[{}]+|(?<!\\)\\*[{}]+$|(?<!\\)\\+$)/;

/**
 * Converts a message to an inline template. SES only substitutes variables: it does not escape or branch, and
 * it silently drops a message that lacks a variable. So every variable holds a final, escaped value, and
 * every recipient gets every variable.
 */
export class TemplateForm {
  readonly template: MessageTemplate;
  private readonly names = new Map<string, string>();
  private readonly slots: (readonly [name: string, slot: Slot | string])[] = [];

  constructor(message: CompiledMessage, subjectPrefix = '') {
    this.template = {
      subject: this.write([subjectPrefix, ...message.subject]),
      text: this.write(message.text),
      html: this.write(message.html),
    };
  }

  /** Values of all template variables for one recipient. */
  data(values: Values): Record<string, string> {
    const entries = this.slots.map(([name, slot]) => [name, isSlot(slot) ? fillSlot(slot, values) : slot]);
    return Object.fromEntries(entries);
  }

  private write(text: Slotted): string {
    return text
      .flatMap((piece) => {
        if (isSlot(piece)) return [this.variable(piece)];
        return piece.split(SYNTAX).map((part, index) => (index % 2 === 1 ? this.variable(part) : part));
      })
      .join('');
  }

  private variable(slot: Slot | string): string {
    const key = JSON.stringify(slot);
    let name = this.names.get(key);
    if (name === undefined) {
      name = `s${this.names.size}`;
      this.names.set(key, name);
      this.slots.push([name, slot]);
    }
    return `{{${name}}}`;
  }
}
