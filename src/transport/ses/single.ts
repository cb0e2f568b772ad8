import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import type { OutgoingMessage } from '../outgoing.js';
import type { SendResult, Transport } from '../transport.js';
import { answerOf, takenAs } from './answers.js';
import {
  type AccountQuestions,
  configuration,
  type Sdk,
  type SesOptions,
  tags,
  withinDeadline,
} from './request.js';

/** One SendEmail call per message, with the same bytes as over SMTP. */
export class SesSingle implements Transport {
  readonly batch = 1;
  readonly limits: AccountQuestions['limits'];
  readonly suppressed: AccountQuestions['suppressed'];

  constructor(
    private readonly sdk: Sdk,
    private readonly client: Client,
    private readonly options: SesOptions,
    account: AccountQuestions,
    readonly concurrency: number,
  ) {
    this.limits = account.limits;
    this.suppressed = account.suppressed;
  }

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
