import {
  SESv2Client,
  SendBulkEmailCommand,
  type SendBulkEmailCommandInput,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { onTestFinished, vi } from 'vitest';
import { type SesEndpointOptions, startSesEndpoint } from '../ses-endpoint.js';

/** Who gets what `email` makes. */
export const TO = 'ada@example.com';
/** A header that SES takes. */
export const HEADER = [
  'From: Jane <jane@weekly.example.com>',
  `To: ${TO}`,
  'Subject: Hello',
  'MIME-Version: 1.0',
];

/** Starts an endpoint, and a client of the real SDK that finds it through the environment. */
export async function openSes(options: SesEndpointOptions = {}) {
  const endpoint = await startSesEndpoint(options);
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  for (const [name, value] of Object.entries(endpoint.env)) vi.stubEnv(name, value);
  const client = new SESv2Client({
    maxAttempts: 1,
    requestHandler: { requestTimeout: 300, throwOnRequestTimeout: true },
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    client.destroy();
    await endpoint.close();
  });
  const send = (input: SendEmailCommandInput) => client.send(new SendEmailCommand(input));
  const bulk = (input: SendBulkEmailCommandInput) => client.send(new SendBulkEmailCommand(input));
  return { endpoint, client, send, bulk };
}

/** A SendEmail that SES takes, or not with what is changed. */
export function email(
  changes: Partial<SendEmailCommandInput> = {},
  lines = HEADER,
  body = 'Hi',
): SendEmailCommandInput {
  return {
    FromEmailAddress: 'jane@weekly.example.com',
    Destination: { ToAddresses: [TO] },
    Content: { Raw: { Data: Buffer.from([...lines, '', body, ''].join('\r\n'), 'latin1') } },
    EmailTags: [{ Name: 'obn-issue', Value: '1' }],
    ...changes,
  };
}

/** A SendBulkEmail with an entry for each of `data`. */
export function bulkEmail(text: string, data: Record<string, string>[]): SendBulkEmailCommandInput {
  return {
    FromEmailAddress: 'Jane <jane@weekly.example.com>',
    DefaultContent: {
      Template: { TemplateContent: { Subject: 'Hello {{name}}', Text: text }, TemplateData: '{}' },
    },
    BulkEmailEntries: data.map((values, at) => ({
      Destination: { ToAddresses: [`reader${at}@example.com`] },
      ReplacementTags: [{ Name: 'obn-delivery', Value: `d${at}` }],
      ReplacementHeaders: [{ Name: 'List-Unsubscribe', Value: `<https://weekly.example.com/${at}>` }],
      ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: JSON.stringify(values) } },
    })),
  };
}
