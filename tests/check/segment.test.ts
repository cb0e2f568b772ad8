import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

const LIST = 'email,first_name,tags\nada@example.com,,aws\nbob@example.com,,\ncarl@example.com,,aws\n';
const ISSUE = 'preheader: Good morning {{first_name}}\nsegment: aws';

async function messagesOf(query: string, issue = ISSUE): Promise<string[]> {
  const config = `audience: { segments: { aws: ${query} } }`;
  const findings = await findingsOf(newsletterOf({ issue, config, list: LIST }));
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, line, message }) => `${line} ${rule} ${message}`);
}

describe('the segment of an issue', () => {
  it('limits the readers whose fields are checked', async () => {
    expect(await messagesOf('{ tags: aws }')).toEqual(['1 merge/lacking 2 recipients have no "first_name"']);
    expect(await messagesOf('{ tags: aws }', 'preheader: Good morning {{first_name}}')).toEqual([
      '1 merge/lacking 3 recipients have no "first_name"',
    ]);
    expect(await messagesOf('{ tags: nobody }')).toEqual([]);
  });

  it.each([
    ['uses $where', '{ $where: "1" }', /^2 issue\/segment .*\$where/],
    ['has an unknown operator', '{ tags: { $nosuch: 1 } }', /^2 issue\/segment .*cannot be read/],
  ])('is reported when it %s', async (_, query, message) => {
    expect(await messagesOf(query)).toEqual([expect.stringMatching(message)]);
  });
});
