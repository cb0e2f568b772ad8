import { fillSlot, type Values } from '../render/fill.js';
import type { Slot, Slotted } from '../render/slots.js';
import type { MessageTemplate } from '../transport/outgoing.js';
import { type CompiledMessage, isSlot } from './compiled.js';

/**
 * Text of the author that a template language may read as its own: braces in pairs or beside a variable, and
 * backslashes before either, which Handlebars takes for an escape. Such text is the value of a variable.
 */
const SYNTAX = /((?<!\\)\\*[{}]{2,}|^[{}]+|(?<!\\)\\*[{}]+$|(?<!\\)\\+$)/;

/**
 * Makes an inline template of a message. Such templates substitute variables and know nothing else: no escaping, no
 * conditions, and a variable that is missing drops the message without a word. So every variable holds a value that is
 * filled and escaped already, and every recipient gets every variable.
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

  /** The value of every variable of the template for one recipient. */
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
