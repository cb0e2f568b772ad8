import { type CompiledMessage, messageDigest, UNSUBSCRIBE_SLOT } from './compiled.js';
import { fillText, type Values } from './fill.js';
import { dateHeader, exactHeader, mailboxHeader, textHeader } from './headers.js';
import { boundaryFor, encodeText, fillEncoded, frame } from './mime.js';
import { UnsubscribeTokens, unsubscribeLink } from './token.js';

/** Whom a message is filled for. */
export interface Addressee {
  readonly address: string;
  /** The address as it is compared. */
  readonly key: string;
  readonly name: string;
  readonly values: Values;
  /** Opaque name of the delivery, of letters, digits and hyphens. */
  readonly reference: string;
}

/** A message ready to be handed over. */
export interface OutgoingMessage {
  readonly issue: number;
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  /** RFC 5322, ASCII, lines of at most 998 octets. */
  readonly raw: Buffer;
}

export interface WriterOptions {
  /** Signs the unsubscribe links; needed where the message has an unsubscribe address. */
  readonly secret?: string | undefined;
  /** Put before the subject. */
  readonly subjectPrefix?: string | undefined;
}

/** Fills a compiled message for one recipient after the other; what is the same for all is encoded once. */
export class MessageWriter {
  private readonly tokens: UnsubscribeTokens | undefined;
  private readonly text;
  private readonly html;
  private readonly frame;
  private readonly fixedHeaders: string;

  constructor(
    private readonly message: CompiledMessage,
    private readonly options: WriterOptions = {},
  ) {
    const { list, unsubscribeUrl, replyTo } = message;
    if (unsubscribeUrl && options.secret) this.tokens = new UnsubscribeTokens(options.secret, list.id);
    this.text = encodeText(message.text);
    this.html = encodeText(message.html);
    this.frame = frame(boundaryFor(messageDigest(message)));
    this.fixedHeaders = [
      mailboxHeader('From', message.from),
      ...(replyTo ? [exactHeader('Reply-To', replyTo)] : []),
      `${textHeader('List-Id', list.name)} <${list.id}>`,
      exactHeader('X-Obn-Issue', String(message.issue)),
    ].join('\r\n');
  }

  /** @param now time of the Date header, in milliseconds since 1970. */
  write(recipient: Addressee, now: number): OutgoingMessage {
    const values = this.values(recipient);
    const { header, beforeText, beforeHtml, end } = this.frame;
    const text = fillEncoded(this.text, values);
    const html = fillEncoded(this.html, values);
    const raw = `${this.headers(recipient, values, now)}${header}\r\n${beforeText}${text}${beforeHtml}${html}${end}`;
    const { issue, from } = this.message;
    const { reference, address } = recipient;
    return { issue, reference, from: from.email, to: address, raw: Buffer.from(raw, 'latin1') };
  }

  /** What the recipient gets to read, without any encoding. */
  read(recipient: Addressee): { subject: string; text: string; html: string } {
    const values = this.values(recipient);
    const { text, html } = this.message;
    return { subject: this.subject(values), text: fillText(text, values), html: fillText(html, values) };
  }

  private subject(values: Values): string {
    return (this.options.subjectPrefix ?? '') + fillText(this.message.subject, values);
  }

  private values({ key, values }: Addressee): Values {
    const link = this.tokens && unsubscribeLink(this.message.unsubscribeUrl ?? '', this.tokens.issue(key));
    return link === undefined ? values : { ...values, [UNSUBSCRIBE_SLOT]: link };
  }

  private headers({ address, name, reference }: Addressee, values: Values, now: number): string {
    const unsubscribe = this.tokens && values[UNSUBSCRIBE_SLOT];
    const domain = this.message.from.email.split('@').at(-1);
    const lines = [
      this.fixedHeaders,
      mailboxHeader('To', { name, email: address }),
      textHeader('Subject', this.subject(values)),
      dateHeader(now),
      exactHeader('Message-ID', `<${reference}@${domain}>`),
      exactHeader('X-Obn-Delivery', reference),
    ];
    if (unsubscribe) {
      lines.push(exactHeader('List-Unsubscribe', `<${unsubscribe}>`));
      lines.push(exactHeader('List-Unsubscribe-Post', 'List-Unsubscribe=One-Click'));
    }
    return `${lines.join('\r\n')}\r\n`;
  }
}
