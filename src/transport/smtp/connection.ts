import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { OutgoingMessage } from '../../message/writer.js';
import type { SendResult } from '../transport.js';
import { answerOf, type Stage } from './answers.js';
import { bodyOf } from './body.js';

export interface SmtpOptions extends SMTPConnectionOptions {
  readonly credentials?: { readonly user: string; readonly pass: string } | undefined;
}

/** After so many messages a connection is replaced; servers drop those that live too long. */
const MAX_MESSAGES = 500;

/** One SMTP connection that carries one message after the other. */
export class SmtpChannel {
  private sent = 0;
  private broken = false;
  /** When the connection ends, nodemailer forgets the callbacks that wait for an answer. */
  private readonly ended: Promise<void>;

  private constructor(private readonly connection: SMTPConnection) {
    this.ended = new Promise((resolve) => {
      const end = () => {
        this.close();
        resolve();
      };
      connection.on('error', end);
      connection.on('end', end);
    });
  }

  /** @throws the error of nodemailer when the server cannot be reached or does not take the login. */
  static async open(options: SmtpOptions): Promise<SmtpChannel> {
    const connection = new SMTPConnection(options);
    try {
      await SmtpChannel.greet(connection, options);
    } catch (error) {
      connection.close();
      throw error;
    }
    connection.removeAllListeners('error');
    return new SmtpChannel(connection);
  }

  private static async greet(connection: SMTPConnection, options: SmtpOptions): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    const { credentials } = options;
    if (credentials && connection.allowsAuth) {
      await new Promise<void>((resolve, reject) => {
        connection.once('error', reject);
        connection.login({ credentials }, (error) => (error ? reject(error) : resolve()));
      });
    }
  }

  get usable(): boolean {
    return !this.broken && this.sent < MAX_MESSAGES;
  }

  async send({ from, to, raw }: OutgoingMessage): Promise<SendResult> {
    let stage: Stage = 'before-dot';
    const bytes = raw();
    const body = bodyOf(bytes, this.connection, () => {
      stage = 'after-dot';
    });
    this.sent += 1;
    try {
      const response = await new Promise<string>((resolve, reject) => {
        this.connection.send({ from, to: [to], size: bytes.length }, body, (error, info) =>
          error ? reject(error) : resolve(info?.response ?? ''),
        );
      });
      return { kind: 'accepted', messageId: response };
    } catch (error) {
      const answer = answerOf(error instanceof Error ? error : new Error(String(error)), stage);
      await this.recover(answer);
      return answer;
    }
  }

  /** After a refused message the connection goes on; after anything else nobody knows where it stands. */
  private async recover(answer: SendResult): Promise<void> {
    const definite = /^\d{3}$/.test('code' in answer ? answer.code : '');
    if (!definite || ('code' in answer && answer.code === '421')) return this.close();
    const reset = new Promise<void>((resolve) => {
      this.connection.reset((error) => {
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
    // Nobody waits for the answer: a server that gives none must not keep the process alive.
    this.connection.close();
  }

  private close(): void {
    this.broken = true;
    this.connection.close();
  }
}
