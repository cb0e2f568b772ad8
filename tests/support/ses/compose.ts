import MailComposer from 'nodemailer/lib/mail-composer';
import { badRequest } from './model.js';
import type { Destination, Header, SimpleContent } from './schema.js';
import type { Texts } from './template.js';

/** Fields that SES writes itself and that a request may not set. */
const RESERVED =
  /^(bcc|cc|content-disposition|content-type|date|from|message-id|mime-version|reply-to|return-path|subject|to)$/i;
const MAX_HEADERS = 15;
const MAX_HEADER = 996;

/** What a message is made of, apart from its texts. */
export interface Envelope {
  readonly from: string | undefined;
  readonly replyTo: readonly string[] | undefined;
  readonly destination: Destination;
  readonly headers: readonly Header[];
}

/** Builds the message that SES would make of a request without raw content. @throws SesError */
export async function compose(
  texts: Texts,
  { from, replyTo, destination, headers }: Envelope,
): Promise<Buffer> {
  if (!from) throw badRequest('FromEmailAddress is required.');
  checkHeaders(headers);
  const message = new MailComposer({
    from,
    to: [...(destination.ToAddresses ?? [])],
    cc: [...(destination.CcAddresses ?? [])],
    replyTo: [...(replyTo ?? [])],
    headers: headers.map(({ Name, Value }) => ({ key: Name, value: Value })),
    ...texts,
  });
  return message.compile().build();
}

/** The texts of simple content. @throws SesError for text beyond its character set. */
export function simpleTexts({ Subject, Body }: SimpleContent): Texts {
  for (const text of [Subject, Body.Text, Body.Html]) {
    const plain = !text?.Charset || /^us-ascii$/i.test(text.Charset);
    if (text && plain && !/^[\x00-\x7f]*$/.test(text.Data)) {
      throw badRequest('Content is not 7-bit ASCII and names no other Charset.');
    }
  }
  return {
    subject: Subject.Data,
    ...(Body.Text ? { text: Body.Text.Data } : {}),
    ...(Body.Html ? { html: Body.Html.Data } : {}),
  };
}

/** Replaces headers by name and adds the others. */
export function mergeHeaders(
  defaults: readonly Header[] = [],
  replacements: readonly Header[] = [],
): Header[] {
  const replaced = new Set(replacements.map(({ Name }) => Name.toLowerCase()));
  return [...defaults.filter(({ Name }) => !replaced.has(Name.toLowerCase())), ...replacements];
}

function checkHeaders(headers: readonly Header[]): void {
  if (headers.length > MAX_HEADERS) throw badRequest(`More than ${MAX_HEADERS} headers.`);
  const seen = new Set<string>();
  for (const { Name, Value } of headers) {
    if (RESERVED.test(Name)) throw badRequest(`Header '${Name}' is not allowed.`);
    if (Name.length + Value.length > MAX_HEADER) throw badRequest(`Header '${Name}' is too long.`);
    if (seen.has(Name.toLowerCase())) throw badRequest(`Duplicate header '${Name}'.`);
    seen.add(Name.toLowerCase());
  }
}
