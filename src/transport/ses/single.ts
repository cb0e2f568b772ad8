import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import type { OutgoingMessage } from '../../message/writer.js';
import type { Limits, SendResult, Transport } from '../transport.js';
import { answerOf, takenAs } from './answers.js';
import { configuration, type Sdk, type SesOptions, tags, withinDeadline } from './request.js';

/** One SendEmail call for each message, with the same bytes that SMTP would carry. */
export class SesSingle implements Transport {
  readonly batch = 1;

  constructor(
    private readonly sdk: Sdk,
    private readonly client: Client,
    private readonly options: SesOptions,
    /** What the account allows. */
    readonly limits: () => Promise<Limits>,
    readonly concurrency: number,
  ) {}

  send(messages: readonly OutgoingMessage[]): Promise<SendResult[]> {
    return Promise.all(messages.map((message) => this.sendOne(message)));
  }

  private async sendOne(message: OutgoingMessage): Promise<SendResult> {
    const request = {
      FromEmailAddress: message.from,
      Destination: { ToAddresses: [message.to] },
      Content: { Raw: { Data: message.raw() } },
      EmailTags: tags(message),
      ...configuration(this.options),
    };
    try {
      const command = new this.sdk.SendEmailCommand(request);
      const { MessageId } = await withinDeadline((abortSignal) => this.client.send(command, { abortSignal }));
      return takenAs(MessageId);
    } catch (error) {
      return answerOf(error, message.to);
    }
  }

  async close(): Promise<void> {
    this.client.destroy();
  }
}
