import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { systemClock } from '../../platform/clock.js';
import type { OutgoingMessage } from '../outgoing.js';
import { notHandedOver, type SendResult } from '../transport.js';
import { answerOf, isYes, noReply, type Stage } from './answers.js';
import { bodyOf } from './body.js';

export interface SmtpOptions extends SMTPConnectionOptions {
  readonly credentials?: { readonly user: string; readonly pass: string } | undefined;
}

/** Messages per connection. Servers drop long-lived connections. */
const MAX_MESSAGES = 500;
/** Time limit for a reset after a refused message. */
const RESET_MS = 10_000;
const DEFAULT_TIMEOUT_MS = 5 * 60_000;

/** An SMTP connection that sends one message at a time. */
export class SmtpChannel {
  private sent = 0;
  private broken = false;
  /** Nodemailer drops pending callbacks when the connection ends. */
  private readonly ended: Promise<void>;
  /** Resolves when it is known whether the connection is usable after a failed message. */
  recovered: Promise<void> = Promise.resolve();

  private constructor(
    private readonly connection: SMTPConnection,
    private readonly deadlineMs: number,
  ) {
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.close();
        resolve();
      };
      connection.on('error', end);
      connection.on('end', end);
    });
  }

  /** @throws the nodemailer error if the connection or login fails. */
  static async open(options: SmtpOptions): Promise<SmtpChannel> {
    const connection = new SMTPConnection(options);
    try {
      await SmtpChannel.greet(connection, options);
    } catch (error) {
      connection.close();
      throw error;
    }
    connection.removeAllListeners('error');
    return new SmtpChannel(connection, 2 * (options.socketTimeout ?? DEFAULT_TIMEOUT_MS));
  }

  private static async greet(connection: SMTPConnection, options: SmtpOptions): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    const { credentials } = options;
    if (!credentials) return;
    if (!connection.allowsAuth) {
      const message = 'smtp.url has a login, but the server does not support authentication';
      throw Object.assign(new Error(message), { code: 'EAUTH' });
    }
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.login({ credentials }, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Whether it can send another message. Valid once it has {@link recovered}. */
  get usable(): boolean {
    return !this.broken && this.sent < MAX_MESSAGES;
  }

  /** @param mayGo called before the final dot. If it returns false, the message is not sent. */
  async send({ from, to, raw }: OutgoingMessage, mayGo: () => boolean): Promise<SendResult> {
    let stage: Stage = 'before-dot';
    let givenUp = false;
    const bytes = raw();
    const body = bodyOf(bytes, this.connection, () => {
      givenUp = !mayGo();
      if (!givenUp) stage = 'after-dot';
      return !givenUp;
    });
    this.sent += 1;
    try {
      const response = await new Promise<string>((resolve, reject) => {
        const cancel = systemClock.after(this.deadlineMs, () => reject(this.tooLate()));
        this.connection.send({ from, to: [to], size: bytes.length }, body, (error, info) => {
          cancel();
          if (error) reject(error);
          else resolve(info?.response ?? '');
        });
      });
      if (isYes(response)) return { kind: 'accepted', messageId: response };
      this.close();
      return noReply('no reply', response, 'after-dot');
    } catch (error) {
      if (givenUp) return notHandedOver();
      const answer = answerOf(error instanceof Error ? error : new Error(String(error)), stage);
      this.recovered = this.recover(answer);
      return answer;
    }
  }

  /** The socket timeout does not stop a server that keeps sending data without a reply. */
  private tooLate(): Error {
    this.close();
    const message = `no complete reply within ${this.deadlineMs / 1000} seconds`;
    return Object.assign(new Error(message), { code: 'ETIMEDOUT' });
  }

  /** Resets the connection after a refused message. After any other error its state is unknown. */
  private async recover(answer: SendResult): Promise<void> {
    const code = 'code' in answer ? answer.code : '';
    // An unexpected reply may have a code, too. The next reply may then belong to an earlier command.
    const isLost = answer.kind === 'unknown' || ('about' in answer && answer.about === 'connection');
    if (isLost || !/^[45]\d\d$/.test(code) || code === '421') return this.close();
    const reset = new Promise<void>((resolve) => {
      const cancel = systemClock.after(RESET_MS, () => {
        this.close();
        resolve();
      });
      this.connection.reset((error) => {
        cancel();
        if (error) this.close();
        resolve();
      });
    });
    await Promise.race([reset, this.ended]);
  }

  quit(): void {
    if (this.broken) return;
    this.broken = true;
    this.connection.quit();
    // Does not wait for the reply, so that a silent server cannot keep the process alive.
    this.connection.close();
  }

  private close(): void {
    this.broken = true;
    this.connection.close();
  }
}
