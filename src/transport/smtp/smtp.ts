import { configurationError } from '../../findings/error.js';
import type { OutgoingMessage } from '../outgoing.js';
import { type Limits, notHandedOver, type SendResult, type Transport } from '../transport.js';
import { answerOf } from './answers.js';
import { SmtpChannel, type SmtpOptions } from './connection.js';
import { readSmtpUrl } from './url.js';

/**
 * Opens an SMTP server.
 * @throws ObnError when the server URL is missing or invalid.
 */
export async function openSmtp({
  url,
  connections,
}: {
  url?: string | undefined;
  connections: number;
}): Promise<Transport> {
  if (!url) throw configurationError('no SMTP server set', { hint: 'set smtp.url in obn.yaml' });
  return new SmtpPool(readSmtpUrl(url), connections);
}

/** A connection pool. Each message has a connection of its own until the server responds. */
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

  send(messages: readonly OutgoingMessage[], mayGo = () => true): Promise<SendResult[]> {
    return Promise.all(messages.map((message) => this.handOver(message, mayGo)));
  }

  private async handOver(message: OutgoingMessage, mayGo: () => boolean): Promise<SendResult> {
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
    if (!mayGo()) {
      this.keep(channel);
      return notHandedOver();
    }
    const answer = await channel.send(message, mayGo);
    // The result does not wait for the connection to become ready again.
    void channel.recovered.then(() => this.keep(channel));
    return answer;
  }

  private keep(channel: SmtpChannel): void {
    if (channel.usable && !this.closed) this.idle.push(channel);
    else channel.quit();
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const channel of this.idle.splice(0)) channel.quit();
  }
}
