import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const rows = (count: number) =>
  `email,first_name\n${Array.from({ length: count }, (_, index) => `r${index}@example.com,R${index}`).join('\n')}\n`;
const SES = ['send', '1', '--transport', 'ses', '--yes', '--json'];

describe('an address that Amazon SES suppresses', () => {
  const LIST = `${rows(5)}Ada@example.com,Ada\n`;

  it('is read before a live send, page by page, and excluded', async () => {
    const ses = await startSesEndpoint();
    ses.suppressions = [
      { address: 'r0@example.com', reason: 'BOUNCE' },
      { address: 'ada@example.com', reason: 'COMPLAINT' },
      { address: 'a@elsewhere.example', reason: 'BOUNCE' },
      { address: 'b@elsewhere.example', reason: 'BOUNCE' },
      { address: 'R3@example.com', reason: 'BOUNCE' },
    ];
    const { root } = makeNewsletter({ 'subscribers.csv': LIST });
    const sent = await obn(root, SES, { env: ses.env });
    expect(sent.json()).toMatchObject({
      audience: { listed: 6, eligible: 3, excluded: { bounced: 2, complained: 1 } },
    });
    expect(ses.requests.ListSuppressedDestinations).toBe(2);
    expect(ses.messages.map(({ to }) => to)).toEqual(['r1@example.com', 'r2@example.com', 'r4@example.com']);
  });

  it('is ignored with a notice if the role may not read the list', async () => {
    const ses = await startSesEndpoint({
      fault: ({ operation }) =>
        operation === 'ListSuppressedDestinations'
          ? { status: 403, type: 'AccessDeniedException', message: 'not authorized' }
          : undefined,
    });
    const { root } = makeNewsletter({ 'subscribers.csv': LIST });
    const sent = await obn(root, SES, { env: ses.env });
    expect(sent.stderr).toMatch(/the role needs ses:ListSuppressedDestinations/);
    expect(sent.json()).toMatchObject({ state: 'sent', audience: { eligible: 6 } });
  });
});
