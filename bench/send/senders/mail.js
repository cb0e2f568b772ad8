import { addressee } from '../readers.js';

/** How many readers share a prefilled message, because a bare sender does not fill messages. */
export const FILLED = 64;

/** The message of one reader for nodemailer, with the header that the product writes. */
export function mailFor(writer, message, index) {
  const one = addressee(index);
  const { subject, text, html } = writer.read(one);
  const headers = Object.fromEntries(
    writer
      .write(one, Date.now())
      .templated()
      .headers.map(({ name, value }) => [name, { prepared: true, value }]),
  );
  const from = { name: message.from.name, address: message.from.email };
  const domain = message.from.email.split('@')[1];
  const messageId = `<${one.reference}@${domain}>`;
  return { from, to: { name: one.name, address: one.address }, subject, text, html, headers, messageId };
}
