import type { SESv2Client as Client } from '@aws-sdk/client-sesv2';
import type { OutgoingMessage } from '../outgoing.js';
import type { CallResult, Transport } from '../transport.js';
import { answerOf, entryAnswers } from './answers.js';
import {
  type AccountQuestions,
  configuration,
  type Sdk,
  type SesOptions,
  tags,
  withinDeadline,
} from './request.js';

/** SendBulkEmail accepts at most 50 destinations, and 1 MB in total with an inline template. */
const MAX_ENTRIES = 50;
const MAX_REQUEST_BYTES = 1_000_000;

/** Up to 50 messages per SendBulkEmail call, with an inline template and final values for its variables. */
export class SesBulk implements Transport {
  readonly concurrency = 8;
  readonly batch = MAX_ENTRIES;
  readonly templates = true;
  readonly limits: AccountQuestions['limits'];
  readonly suppressed: AccountQuestions['suppressed'];

  constructor(
    private readonly sdk: Sdk,
    private readonly client: Client,
    private readonly options: SesOptions,
    account: AccountQuestions,
  ) {
    this.limits = account.limits;
    this.suppressed = account.suppressed;
  }

  async send(messages: readonly OutgoingMessage[]): Promise<CallResult> {
    const request = this.request(messages);
    if (messages.length > 1 && isTooLarge(request)) return 'split';
    try {
      const command = new this.sdk.SendBulkEmailCommand(request);
      const { BulkEmailEntryResults = [] } = await withinDeadline((abortSignal) =>
        this.client.send(command, { abortSignal }),
      );
      return entryAnswers(
        BulkEmailEntryResults,
        messages.map(({ to }) => to),
      );
    } catch (error) {
      const answer = answerOf(error);
      // Nothing was accepted, most likely because of a single message.
      if (answer.kind === 'rejected' && messages.length > 1) return 'split';
      return messages.map(() => answer);
    }
  }

  private request(messages: readonly OutgoingMessage[]) {
    const filled = messages.map((message) => ({ message, ...message.templated() }));
    const [first] = filled;
    const { subject = '', text = '', html = '' } = first?.template ?? {};
    return {
      FromEmailAddress: first?.from ?? '',
      ...(first?.replyTo ? { ReplyToAddresses: [first.replyTo] } : {}),
      DefaultContent: {
        Template: { TemplateContent: { Subject: subject, Text: text, Html: html }, TemplateData: '{}' },
      },
      BulkEmailEntries: filled.map(({ message, to, data, headers }) => ({
        Destination: { ToAddresses: [to] },
        ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(data) } },
        ReplacementHeaders: headers.map(({ name, value }) => ({ Name: name, Value: value })),
        ReplacementTags: tags(message),
      })),
      ...bulkConfiguration(this.options),
    };
  }

  async close(): Promise<void> {
    this.client.destroy();
  }
}

type Request = ReturnType<SesBulk['request']>;
type Entry = Request['BulkEmailEntries'][number];

/** Serializes a request to measure it only if it could be too large. A character takes at most six bytes. */
function isTooLarge(request: Request): boolean {
  const { Subject, Text, Html } = request.DefaultContent.Template.TemplateContent;
  const template = Subject.length + Text.length + Html.length;
  const length = request.BulkEmailEntries.reduce((sum, entry) => sum + lengthOf(entry), template);
  return 6 * length > MAX_REQUEST_BYTES && Buffer.byteLength(JSON.stringify(request)) > MAX_REQUEST_BYTES;
}

/** Length of an entry in characters. Keys, tags and punctuation take fewer than 500. */
function lengthOf({ Destination, ReplacementEmailContent, ReplacementHeaders }: Entry): number {
  const [to = ''] = Destination.ToAddresses;
  const data = ReplacementEmailContent.ReplacementTemplate.ReplacementTemplateData;
  const headers = ReplacementHeaders.reduce(
    (sum, { Name, Value }) => sum + Name.length + Value.length + 25,
    0,
  );
  return to.length + data.length + headers + 500;
}

/** SendBulkEmail supports the configuration set but no overrides. */
function bulkConfiguration(options: SesOptions) {
  const { ConfigurationSetName } = configuration(options);
  return ConfigurationSetName ? { ConfigurationSetName } : {};
}
