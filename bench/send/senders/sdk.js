// The AWS SDK alone: a new request whenever an answer has come. Its messages are filled beforehand; the entries of a bulk
// request, which differ from reader to reader, are put together when it goes out, as in any loop over a list.
import { readFileSync } from 'node:fs';
import { SESv2Client, SendBulkEmailCommand, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { answer, jobOf } from '../process.js';
import { openWriter } from '../product.js';
import { addressee } from '../readers.js';
import { FILLED } from './mail.js';
import { keepBusy, measure } from './measure.js';

const { message: file, mode, count, inFlight, batch } = jobOf();
const message = JSON.parse(readFileSync(file, 'utf8'));
const writer = await openWriter(message);
const written = Array.from({ length: FILLED }, (_, index) => writer.write(addressee(index), Date.now()));
const templated = mode === 'bulk' ? written.map((one) => ({ one, ...one.templated() })) : [];

const tags = ({ issue, reference }) => [
  { Name: 'obn-issue', Value: String(issue) },
  { Name: 'obn-delivery', Value: reference },
];

function singleRequest(index) {
  const one = written[index];
  return {
    FromEmailAddress: one.from,
    Destination: { ToAddresses: [one.to] },
    Content: { Raw: { Data: one.raw() } },
    EmailTags: tags(one),
  };
}

function bulkRequest(call) {
  const filled = Array.from({ length: batch }, (_, index) => templated[(call * batch + index) % FILLED]);
  const { subject, text, html } = filled[0].template;
  return {
    FromEmailAddress: filled[0].from,
    DefaultContent: {
      Template: { TemplateContent: { Subject: subject, Text: text, Html: html }, TemplateData: '{}' },
    },
    BulkEmailEntries: filled.map(({ one, to, data, headers }) => ({
      Destination: { ToAddresses: [to] },
      ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(data) } },
      ReplacementHeaders: headers.map(({ name, value }) => ({ Name: name, Value: value })),
      ReplacementTags: tags(one),
    })),
  };
}

const Command = mode === 'bulk' ? SendBulkEmailCommand : SendEmailCommand;
const singles = mode === 'bulk' ? [] : written.map((_, index) => singleRequest(index));
const requestFor = (call) => (mode === 'bulk' ? bulkRequest(call) : singles[call % FILLED]);
const agent = { keepAlive: true, maxSockets: Math.max(64, inFlight) };
const client = new SESv2Client({
  region: 'us-east-1',
  maxAttempts: 1,
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
    httpAgent: agent,
    httpsAgent: agent,
  },
});
const send = (index) => client.send(new Command(requestFor(index)));
const measured = await measure(count, () => keepBusy(count / batch, inFlight, send));
client.destroy();
answer(measured);
