import { configurationError } from '../../findings/error.js';
import type { OutgoingMessage } from '../outgoing.js';
import { type Limits, notHandedOver, type SendResult, type Transport } from '../transport.js';
import { answerOf } from './answers.js';
import { SmtpChannel, type SmtpOptions } from './connection.js';
import { readSmtpUrl } from './url.js';

/**
 * Opens an SMTP server.
 * @throws ObnError when the address of the server is missing or is none.
 */
export async function openSmtp({
  url,
  connections,
}: {
  url?: string | undefined;
  connections: number;
}): Promise<Transport> {
  if (!url) throw configurationError('the SMTP server is not known', { hint: 'set smtp.url in obn.yaml' });
  return new SmtpPool(readSmtpUrl(url), connections);
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
    // The answer does not wait until the connection is ready for the next.
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
