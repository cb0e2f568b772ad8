import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { bulkEmail, openSes } from './ses/client.js';

describe('SendBulkEmail', () => {
  test('fills an inline template for each entry', async () => {
    const { endpoint, bulk } = await openSes();
    const answer = await bulk(bulkEmail('{{name}} & {{name}}', [{ name: '<Ada>' }, { name: '{{x}}' }, {}]));
    expect(answer.BulkEmailEntryResults?.map(({ Status }) => Status)).toEqual([
      'SUCCESS',
      'SUCCESS',
      'SUCCESS',
    ]);
    const parsed = await Promise.all(endpoint.messages.map(({ raw }) => simpleParser(raw)));
    expect(parsed.map(({ text }) => text?.trim())).toEqual(['<Ada> & <Ada>', '{{x}} & {{x}}']);
    expect(parsed[1]?.headers.get('list')).toMatchObject({
      unsubscribe: { url: 'https://weekly.example.com/1' },
    });
    expect(endpoint.messages.map(({ tags }) => tags['obn-delivery'])).toEqual(['d0', 'd1']);
    expect(endpoint.renderingFailures).toEqual([
      {
        to: 'reader2@example.com',
        messageId: answer.BulkEmailEntryResults?.[2]?.MessageId,
        error: "Attribute 'name' is not present in the rendering data.",
      },
    ]);
  });

  test.for(['{{#if name}}x{{/if}}', '{{a.b}}', '{{first_name}}', '{{{name}}}', 'open {{'])(
    'refuses the template %s',
    async (text, { expect }) => {
      const { bulk } = await openSes();
      await expect(bulk(bulkEmail(text, [{ name: 'Ada' }]))).rejects.toMatchObject({
        name: 'BadRequestException',
        message: 'Template contains unsupported operations.',
      });
    },
  );

  test('refuses more than 50 entries, and more than 1 MB', async () => {
    const { bulk } = await openSes();
    await expect(bulk(bulkEmail('x', Array(51).fill({ name: 'x' })))).rejects.toThrow(/more than 50/);
    await expect(bulk(bulkEmail('x'.repeat(1024 * 1024), [{ name: 'x' }]))).rejects.toThrow(/size exceeds/);
  });

  test('fails single entries', async () => {
    const { endpoint, bulk } = await openSes();
    endpoint.fault(({ to }) =>
      to.startsWith('reader1') ? { entry: 'TRANSIENT_FAILURE', error: 'later' } : undefined,
    );
    const answer = await bulk(bulkEmail('x', [{ name: 'a' }, { name: 'b' }]));
    expect(answer.BulkEmailEntryResults?.[1]).toEqual({ Status: 'TRANSIENT_FAILURE', Error: 'later' });
    expect(endpoint.messages.map(({ to }) => to)).toEqual(['reader0@example.com']);
  });
});
