import { parseConnectionUrl } from 'nodemailer/lib/shared';
import { configurationError } from '../../findings/error.js';
import type { OutgoingMessage } from '../../message/writer.js';
import type { Limits, SendResult, Transport } from '../transport.js';
import { answerOf } from './answers.js';
import { SmtpChannel, type SmtpOptions } from './connection.js';

/**
 * Opens an SMTP server.
 * @param url `smtp://user:password@host:587` (STARTTLS where it is offered, and in any case before a password goes to
 * another machine) or `smtps://…` (TLS from the start); options of nodemailer may follow, as in `?requireTLS=false`
 */
export async function openSmtp({
  url,
  connections,
}: {
  url?: string | undefined;
  connections: number;
}): Promise<Transport> {
  if (!url) throw configurationError('the SMTP server is not known', { hint: 'set smtp.url in obn.yaml' });
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) {
    throw configurationError('smtp.url is not an address of the form smtp://user:password@host:port');
  }
  const { auth, ...options } = parseConnectionUrl(url);
  const credentials = auth?.user ? { user: auth.user, pass: auth.pass ?? '' } : undefined;
  const requireTLS = credentials !== undefined && !isLoopback(options.host ?? '');
  return new SmtpPool({ requireTLS, ...TIMEOUTS, ...options, credentials } as SmtpOptions, connections);
}

/** A server may take minutes to answer the final dot (RFC 5321 section 4.5.3.2), and whoever gives up does not know. */
const TIMEOUTS = { connectionTimeout: 20_000, greetingTimeout: 30_000, socketTimeout: 5 * 60_000 };

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** A pool of connections; each message has one to itself until the server has answered. */
class SmtpPool implements Transport {
  readonly batch = 1;
  private readonly idle: SmtpChannel[] = [];
  private closed = false;

  constructor(
    private readonly options: SmtpOptions,
    readonly concurrency: number,
  ) {}

  async limits(): Promise<Limits> {
    return {};
  }

  send(messages: readonly OutgoingMessage[]): Promise<SendResult[]> {
    return Promise.all(messages.map((message) => this.handOver(message)));
  }

  private async handOver(message: OutgoingMessage): Promise<SendResult> {
    let channel = this.idle.pop();
    while (channel && !channel.usable) {
      channel.quit();
      channel = this.idle.pop();
    }
    try {
      channel ??= await SmtpChannel.open(this.options);
    } catch (error) {
      return answerOf(error instanceof Error ? error : new Error(String(error)), 'connect');
    }
    const answer = await channel.send(message);
    if (channel.usable && !this.closed) this.idle.push(channel);
    else channel.quit();
    return answer;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const channel of this.idle.splice(0)) channel.quit();
  }
}
