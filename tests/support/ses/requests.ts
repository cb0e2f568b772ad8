import { bareAddress, recipientsOf } from './address.js';
import { compose, type Envelope, mergeHeaders, simpleTexts } from './compose.js';
import { badRequest, type Submission } from './model.js';
import { headerRecipients, readRaw } from './raw.js';
import {
  type BulkEntry,
  readSendBulkEmailBody,
  readSendEmailBody,
  type SendBulkEmailBody,
  type SendEmailBody,
  type Tag,
} from './schema.js';
import { inlineTemplate, readData, renderTexts, type TemplateData, type Texts } from './template.js';

const MAX_BULK_BYTES = 1024 * 1024;

/** A checked SendEmail: its recipients, and the message once its content is rendered. */
export interface Draft {
  readonly to: readonly string[];
  /** @throws SesError for content that SES does not take, RenderingError for a variable without a value. */
  render(): Promise<Submission>;
}

/** Reads SendEmail. @throws SesError */
export function readSendEmail(json: unknown): Draft {
  const body = readSendEmailBody(json);
  if (body.FromEmailAddress !== undefined) bareAddress(body.FromEmailAddress);
  for (const address of body.ReplyToAddresses ?? []) bareAddress(address);
  const tags = readTags(body.EmailTags);
  const { Raw, Simple, Template } = body.Content;
  if (Raw) {
    const { raw, headers } = readRaw(Raw.Data);
    const to = needRecipients(recipientsOf(body.Destination ?? { ToAddresses: headerRecipients(headers) }));
    return { to, render: async () => ({ to, raw, tags }) };
  }
  const to = needRecipients(recipientsOf(body.Destination ?? {}));
  const envelope = envelopeOf(body, body.Destination ?? {}, (Simple ?? Template)?.Headers ?? []);
  const texts = Simple ? simpleTexts(Simple) : inlineTemplate(Template ?? {});
  const data = Simple ? undefined : readData(Template?.TemplateData);
  return { to, render: () => submit(texts, data, envelope, { to, tags }) };
}

/**
 * Reads SendBulkEmail; an entry is checked when it is opened, because a bad one does not fail the others.
 * @throws SesError for what fails all of them.
 */
export function readSendBulkEmail(json: unknown, bytes: number): (() => Draft)[] {
  if (bytes > MAX_BULK_BYTES) throw badRequest(`Request size exceeds ${MAX_BULK_BYTES} bytes.`);
  const body = readSendBulkEmailBody(json);
  if (body.FromEmailAddress === undefined) throw badRequest('FromEmailAddress is required.');
  bareAddress(body.FromEmailAddress);
  const texts = inlineTemplate(body.DefaultContent.Template);
  const defaults = readData(body.DefaultContent.Template.TemplateData);
  return body.BulkEmailEntries.map((entry) => () => openEntry(body, texts, defaults, entry));
}

function openEntry(body: SendBulkEmailBody, texts: Texts, defaults: TemplateData, entry: BulkEntry): Draft {
  const to = needRecipients(recipientsOf(entry.Destination));
  const tags = { ...readTags(body.DefaultEmailTags), ...readTags(entry.ReplacementTags) };
  const replacement = entry.ReplacementEmailContent?.ReplacementTemplate?.ReplacementTemplateData;
  const data = { ...defaults, ...readData(replacement) };
  const headers = mergeHeaders(body.DefaultContent.Template.Headers, entry.ReplacementHeaders);
  const envelope = envelopeOf(body, entry.Destination, headers);
  return { to, render: () => submit(texts, data, envelope, { to, tags }) };
}

async function submit(
  texts: Texts,
  data: TemplateData | undefined,
  envelope: Envelope,
  rest: Omit<Submission, 'raw'>,
): Promise<Submission> {
  return { ...rest, raw: await compose(data ? renderTexts(texts, data) : texts, envelope) };
}

function envelopeOf(
  body: SendEmailBody | SendBulkEmailBody,
  destination: Envelope['destination'],
  headers: Envelope['headers'],
): Envelope {
  return { from: body.FromEmailAddress, replyTo: body.ReplyToAddresses, destination, headers };
}

function readTags(tags: readonly Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]));
}

function needRecipients(to: string[]): string[] {
  if (to.length === 0) throw badRequest('At least one recipient is required.');
  return to;
}
