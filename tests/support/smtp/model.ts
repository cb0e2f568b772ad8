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
 * What goes wrong at a stage.
 * - a reply in place of the good one: nothing is recorded, and 421 also ends the connection
 * - `delayMs`: the good reply comes so much later; at the final dot the message is recorded before
 * - `drop`: the connection is reset; at the final dot after the message was recorded
 * - `drop-before`: the same, at the final dot before the message is recorded
 * - `hang`: never answered, nothing is recorded
 */
export type SmtpFault = SmtpReply | { readonly delayMs: number } | 'drop' | 'drop-before' | 'hang';

export interface SmtpReply {
  readonly code: number;
  readonly message: string;
}

export type SmtpFaultHandler = (moment: SmtpMoment) => SmtpFault | undefined | Promise<SmtpFault | undefined>;

/** A message that was taken. */
export interface SmtpMessage {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** When it was taken, in milliseconds since 1970. */
  readonly at: number;
}
