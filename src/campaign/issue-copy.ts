import { lackingFields } from '../audience/lacking-fields.js';
import { listRecipients } from '../audience/recipients.js';
import type { Newsletter } from '../config/load.js';
import { configurationError } from '../findings/error.js';
import { anybody } from '../message/anybody.js';
import { messageFields } from '../message/compiled.js';
import { distinctMessages, type Variant } from '../message/variants.js';
import { type Weight, weigh } from '../message/weight.js';
import { MessageWriter } from '../message/writer.js';
import { audienceSource } from './audience-source.js';
import type { Compiled } from './compile.js';
import { readerAt } from './reader-lookup.js';
import { signingSecret } from './signing-secret.js';

/** An issue as one reader receives it. */
export interface IssueCopy {
  readonly html: string;
  readonly text: string;
  /** The source of the HTML, with its merge fields. */
  readonly mjml: string;
  /** The web page in the archive. */
  readonly web: string;
  /** The complete message (RFC 5322). */
  readonly message: Buffer;
  readonly weight: Weight;
  /** The address of the reader, if one was named. */
  readonly address: string | undefined;
  /** Fields without a fallback that the reader has no value for. A send to this reader would be refused. */
  readonly lacking: readonly string[];
}

/**
 * Fills an issue for one reader.
 * @param address of a subscriber; default: a reader without any values
 * @param now in milliseconds since 1970, for the date of the message
 * @throws ObnError (usage) if the address is not on the list
 */
export async function issueCopy(
  newsletter: Newsletter,
  { message, rendered, list }: Compiled,
  address: string | undefined,
  now: number,
): Promise<IssueCopy> {
  const reader = address === undefined ? anybody(message) : await readerAt(list, address);
  const writer = new MessageWriter(message, { secret: signingSecret(newsletter) });
  const { html, text } = writer.read(reader);
  return {
    ...{ html, text, mjml: rendered.mjml, web: rendered.web },
    message: writer.write(reader, now).raw(),
    weight: weigh(rendered.parts, writer.values(reader)),
    address: address === undefined ? undefined : reader.address,
    lacking: lackingFields(messageFields(message).required, reader.values),
  };
}

/** The distinct messages that the list would get, most readers first. @throws ObnError if there is no list */
export async function issueVariants(
  newsletter: Newsletter,
  { issue, message, list }: Compiled,
): Promise<Variant[]> {
  if (!list.columns) throw configurationError(`list not found: ${list.name}`);
  const { path, name, segment } = audienceSource(newsletter, { list: list.path }, issue.segment, 0);
  return distinctMessages(message, listRecipients(path, name, segment));
}
