/** A message ready to be handed over, in the two forms that transports take. */
export interface OutgoingMessage {
  readonly issue: number;
  readonly reference: string;
  readonly from: string;
  readonly to: string;
  /** RFC 5322, ASCII, lines of at most 998 octets that end in CRLF; none begins with a dot, so SMTP adds none. */
  raw(): Buffer;
  /** The same as an inline template, which all messages of an issue share, and its variables. */
  templated(): TemplatedMessage;
}

/** A message in the form of SES's inline templates: texts with `{{s0}}`, `{{s1}}` … and nothing else in braces. */
export interface MessageTemplate {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface TemplatedMessage {
  readonly template: MessageTemplate;
  readonly data: Readonly<Record<string, string>>;
  /** Sender and recipient as they stand in a header field. */
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | undefined;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}
