import { fillText, type Values } from '../render/fill.js';
import type { OutgoingMessage, TemplatedMessage } from '../transport/outgoing.js';
import { type CompiledMessage, messageDigest, UNSUBSCRIBE_SLOT } from './compiled.js';
import { type EmbeddedImage, imagePart } from './embedded.js';
import { dateHeader, exactHeader, foldedHeader, mailbox, textHeader } from './headers.js';
import { boundaryFor, encodeText, fillEncoded, frame, joinBytes } from './mime.js';
import { TemplateForm } from './template.js';
import { type Secrets, UnsubscribeTokens, unsubscribeLink } from './token.js';

/** Recipient of a message. */
export interface Addressee {
  readonly address: string;
  /** The normalized address. */
  readonly key: string;
  readonly name: string;
  readonly values: Values;
  /** Opaque reference of the delivery: letters, digits and hyphens. */
  readonly reference: string;
}

export interface WriterOptions {
  /** Signs the unsubscribe links. Required if the message has an unsubscribe URL. */
  readonly secret?: Secrets | undefined;
  /** Prefix of the subject. */
  readonly subjectPrefix?: string | undefined;
  /** Images embedded in each message. Not supported in templates. */
  readonly images?: readonly EmbeddedImage[] | undefined;
}

interface Field {
  readonly name: string;
  readonly value: string;
}

/** Fills a compiled message for each recipient. Content that is the same for all is encoded once. */
export class MessageWriter {
  private readonly tokens: UnsubscribeTokens | undefined;
  private readonly text;
  private readonly html;
  private readonly frame;
  private readonly sender: string;
  /** Headers that are the same in every message. */
  private readonly kind: readonly Field[];
  private readonly fixedHeaders: string;
  private readonly unsubscribeUrl: string;
  private form: TemplateForm | undefined;

  constructor(
    private readonly message: CompiledMessage,
    private readonly options: WriterOptions = {},
  ) {
    const { list, unsubscribeUrl, replyTo, notice, issue } = message;
    if (unsubscribeUrl && options.secret) this.tokens = new UnsubscribeTokens(options.secret, list.id);
    this.unsubscribeUrl = unsubscribeUrl ? new URL(unsubscribeUrl).href : '';
    this.text = encodeText(message.text);
    this.html = encodeText(message.html);
    this.frame = frame(boundaryFor(messageDigest(message)), options.images?.map(imagePart));
    this.sender = mailbox(message.from.name, message.from.email);
    this.kind = notice
      ? [{ name: 'Auto-Submitted', value: 'auto-generated' }]
      : [
          { name: 'List-Id', value: mailbox(list.name, list.id) },
          { name: 'X-Obn-Issue', value: String(issue) },
        ];
    this.fixedHeaders = [
      foldedHeader('From', this.sender),
      ...(replyTo ? [exactHeader('Reply-To', replyTo)] : []),
      ...this.kind.map(({ name, value }) => foldedHeader(name, value)),
    ].join('\r\n');
  }

  /**
   * @param now time for the Date header, in milliseconds since 1970.
   * @throws RangeError for an address that cannot be used in a header. Nothing after that can fail.
   */
  write(recipient: Addressee, now: number): OutgoingMessage {
    const values = this.values(recipient);
    const { issue, from } = this.message;
    const { reference, address, name } = recipient;
    const to = mailbox(name, address);
    const fields = this.ownFields(reference, values);
    const lines = fields.map((field) => exactHeader(field.name, field.value));
    return {
      issue,
      reference,
      from: from.email,
      to: address,
      raw: () => this.raw(this.headers(to, lines, reference, values, now), values),
      templated: () => this.templated(to, fields, values),
    };
  }

  /** The subject, text and HTML for a recipient, not encoded. */
  read(recipient: Addressee): { subject: string; text: string; html: string } {
    const values = this.values(recipient);
    const { text, html } = this.message;
    return { subject: this.subject(values), text: fillText(text, values), html: fillText(html, values) };
  }

  private raw(headers: string, values: Values): Buffer {
    const { header, beforeText, beforeHtml, end } = this.frame;
    const text = fillEncoded(this.text, values);
    const html = fillEncoded(this.html, values);
    return joinBytes([`${headers}${header}\r\n${beforeText}`, ...text, beforeHtml, ...html, end]);
  }

  private templated(to: string, fields: readonly Field[], values: Values): TemplatedMessage {
    this.form ??= new TemplateForm(this.message, this.options.subjectPrefix);
    const { replyTo } = this.message;
    return {
      template: this.form.template,
      data: this.form.data(values),
      from: this.sender,
      to,
      replyTo,
      headers: [...this.kind, ...fields],
    };
  }

  private subject(values: Values): string {
    return (this.options.subjectPrefix ?? '') + fillText(this.message.subject, values);
  }

  /** Values of the slots for a recipient. */
  values({ key, values }: Addressee): Values {
    const link = this.tokens && unsubscribeLink(this.unsubscribeUrl, this.tokens.issue(key));
    return link === undefined ? values : { ...values, [UNSUBSCRIBE_SLOT]: link };
  }

  /** Headers that differ per recipient, apart from those that every transport sets. */
  private ownFields(reference: string, values: Values): Field[] {
    const fields = [{ name: 'X-Obn-Delivery', value: reference }];
    const unsubscribe = this.tokens && values[UNSUBSCRIBE_SLOT];
    if (!unsubscribe) return fields;
    fields.push({ name: 'List-Unsubscribe', value: `<${unsubscribe}>` });
    fields.push({ name: 'List-Unsubscribe-Post', value: 'List-Unsubscribe=One-Click' });
    return fields;
  }

  private headers(
    to: string,
    own: readonly string[],
    reference: string,
    values: Values,
    now: number,
  ): string {
    const domain = this.message.from.email.split('@').at(-1);
    const lines = [
      this.fixedHeaders,
      foldedHeader('To', to),
      textHeader('Subject', this.subject(values)),
      dateHeader(now),
      exactHeader('Message-ID', `<${reference}@${domain}>`),
      ...own,
    ];
    return `${lines.join('\r\n')}\r\n`;
  }
}
