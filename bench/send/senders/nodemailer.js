// nodemailer as documented for many messages: a pool with more messages than connections.
import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';
import { answer, jobOf } from '../process.js';
import { openWriter } from '../product.js';
import { reader } from '../readers.js';
import { FILLED, mailFor } from './mail.js';
import { keepBusy, measure } from './measure.js';

const { message: file, port, connections, count } = jobOf();
const message = JSON.parse(readFileSync(file, 'utf8'));
const writer = await openWriter(message);
const filled = Array.from({ length: FILLED }, (_, index) => mailFor(writer, message, index));
const transport = nodemailer.createTransport({
  host: '127.0.0.1',
  port,
  pool: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
});
const send = (index) => {
  const mail = filled[index % FILLED];
  return transport.sendMail({ ...mail, to: { ...mail.to, address: reader(index).email } });
};
const measured = await measure(count, () => keepBusy(count, 2 * connections, send));
transport.close();
answer(measured);
