import { existsSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const LIST = `email,first_name,note
r0@Example.com,Zoë,"a, ""b""\nc"
r1@example.com,One,=1+1
r2@example.com,Two,
r3@example.com,Three,x
`;
const SEND = ['send', '1', '--transport', 'ses', '--yes'];
const REPORT = '.obn/reports/001.csv';

async function partlySent() {
  const ses = await startSesEndpoint();
  ses.fault(({ to }) => {
    if (to.startsWith('r0')) return 'error-after';
    const message = 'no\n\u001b[31msuch, mailbox';
    return to.startsWith('r1') ? { status: 400, type: 'MessageRejected', message } : undefined;
  });
  const newsletter = makeNewsletter({ 'subscribers.csv': LIST });
  const run = await obn(newsletter.root, SEND, { env: ses.env });
  ses.fault();
  return { ses, run, ...newsletter };
}

describe('the report of a send', () => {
  it('lists undelivered readers with the columns of the list and the reason', async () => {
    const { run, read } = await partlySent();
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/Wrote the undelivered addresses and reasons to \.obn\/reports\/001\.csv/);
    expect(parse(read(REPORT), { columns: true })).toEqual([
      {
        email: 'r0@Example.com',
        first_name: 'Zoë',
        note: 'a, "b"\nc',
        obn_state: 'unknown',
        obn_code: 'InternalFailure',
        obn_reason: expect.stringMatching(/./),
      },
      {
        email: 'r1@example.com',
        first_name: 'One',
        note: '=1+1',
        obn_state: 'rejected',
        obn_code: 'MessageRejected',
        obn_reason: expect.stringMatching(/^no [^\u001b\n]*such, mailbox$/),
      },
    ]);
  });

  it('can be had again, anywhere', async () => {
    const { root, read } = await partlySent();
    const { code } = await obn(root, ['status', '1', '--report', 'out/missing.csv']);
    expect(code).toBe(1);
    expect(read('out/missing.csv')).toBe(read(REPORT));
  });

  it('is a list that obn reads', async () => {
    const { root } = await partlySent();
    const { stderr } = await obn(root, ['send', '2', '--list', REPORT, '--dry-run']);
    expect(stderr).toMatch(/2 +eligible, of 2 rows on the list/);
  });

  it('is removed when every delivery was accepted', async () => {
    const { root, ses, path, read } = await partlySent();
    const retry = [...SEND, '--retry-rejected', '--retry-unknown'];
    expect((await obn(root, retry, { env: ses.env })).code).toBe(0);
    expect(existsSync(path(REPORT))).toBe(false);
    await obn(root, ['status', '1', '--report', 'none.csv']);
    expect(parse(read('none.csv'))).toHaveLength(1);
  });
});
