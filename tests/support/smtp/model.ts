/** Where a session stands: greeting, MAIL FROM, RCPT TO, the DATA command, the final dot. */
export type SmtpStage = 'connect' | 'mail' | 'rcpt' | 'data' | 'end';

/** What a fault handler gets to see. */
export interface SmtpMoment {
  readonly stage: SmtpStage;
  /** The sender at `mail`, the first recipient at `data` and `end`, empty at `connect`. */
  readonly address: string;
  /** How often this stage was reached before, over all connections. */
  readonly index: number;
}

/**
 * What goes wrong at a stage: a reply in place of the good one, after which nothing is recorded (421 also ends the
 * connection), or the end of the connection. At the final dot `drop` comes after the message was recorded.
 */
export type SmtpFault = { readonly code: number; readonly message: string } | 'drop';

export type SmtpFaultHandler = (moment: SmtpMoment) => SmtpFault | undefined;

/** A message that was taken. */
export interface SmtpMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** When it was taken, in milliseconds since 1970. */
  readonly at: number;
}
