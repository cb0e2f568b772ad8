import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';

const READERS = 3;
const SAYS = 'rejected; an earlier attempt may have arrived';

interface Provider {
  readonly env: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly messages: readonly unknown[];
  /** From now on it takes each message, and its answer is lost. */
  loseAnswers(): void;
  /** From now on it takes no message, and says so. */
  reject(): void;
  heal(): void;
}

const providers: Readonly<Record<string, () => Promise<Provider>>> = {
  smtp: async () => {
    const smtp = await startSmtpEndpoint();
    return {
      ...{ env: smtp.env, config: { send: { transport: 'smtp' } }, messages: smtp.messages },
      loseAnswers: () => smtp.fault(({ stage }) => (stage === 'end' ? 'drop' : undefined)),
      reject: () =>
        smtp.fault(({ stage }) => (stage === 'rcpt' ? { code: 550, message: 'no such user' } : undefined)),
      heal: () => smtp.fault(),
    };
  },
  'ses, one message a call': async () => {
    const ses = await startSesEndpoint();
    const rejected = { status: 400, type: 'MessageRejected', message: 'no such user' };
    return {
      ...{ env: ses.env, config: { send: { transport: 'ses' } }, messages: ses.messages },
      loseAnswers: () =>
        ses.fault(({ operation }) => (operation === 'SendEmail' ? 'reset-after' : undefined)),
      reject: () => ses.fault(({ operation }) => (operation === 'SendEmail' ? rejected : undefined)),
      heal: () => ses.fault(),
    };
  },
  'ses, many messages a call': async () => {
    const ses = await startSesEndpoint();
    const rejected = { entry: 'MESSAGE_REJECTED', error: 'no such user' } as const;
    const isBulk = (operation: string) => operation === 'SendBulkEmail';
    return {
      ...{
        env: ses.env,
        config: { send: { transport: 'ses' }, ses: { mode: 'bulk' } },
        messages: ses.messages,
      },
      loseAnswers: () => ses.fault(({ operation }) => (isBulk(operation) ? 'reset-after' : undefined)),
      reject: () => ses.fault(({ operation }) => (isBulk(operation) ? rejected : undefined)),
      heal: () => ses.fault(),
    };
  },
};

describe.each(Object.entries(providers))('a rejection after a lost answer, over %s', (_name, start) => {
  it('leaves the readers in doubt everywhere, and --retry-rejected leaves them out', async () => {
    const provider = await start();
    const { env } = provider;
    const { root, read } = makeNewsletter({}, { readers: READERS, config: provider.config });
    const send = (...flags: string[]) => obn(root, ['send', '1', '--yes', '--json', ...flags], { env });
    provider.loseAnswers();
    const lost = (await send()).json();
    expect(lost).toMatchObject({ deliveries: { unknown: READERS } });
    expect(lost).not.toHaveProperty('rejected_in_doubt');

    provider.reject();
    const inDoubt = { deliveries: { unknown: READERS, rejected: 0 }, rejected_in_doubt: READERS };
    const again = await send('--retry-unknown');
    expect(again.json()).toMatchObject(inDoubt);
    expect(again.stderr).toContain(`of the unknown: ${SAYS}`);
    expect(again.stderr).not.toMatch(/--retry-rejected/);
    expect((await obn(root, ['status', '1', '--json'])).json()).toMatchObject(inDoubt);
    const { stdout } = await obn(root, ['status', '1']);
    expect(stdout).toMatch(new RegExp(`^ +${READERS} +of the unknown: ${SAYS}$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^ +reader1@example\\.com +${SAYS} .*no such user`, 'm'));
    const rows = parse(read('.obn/reports/001.csv'), { columns: true });
    expect(rows).toHaveLength(READERS);
    for (const row of rows as object[]) {
      const reason = expect.stringMatching(new RegExp(`^${SAYS}: .*no such user`));
      expect(row).toMatchObject({ obn_state: 'unknown', obn_reason: reason });
    }

    provider.heal();
    const taken = provider.messages.length;
    const nothing = await send('--retry-rejected');
    expect(nothing.stderr).toMatch(/Nothing is left to send/);
    expect(nothing.json()).toMatchObject(inDoubt);
    expect(provider.messages).toHaveLength(taken);
    const done = (await send('--retry-unknown')).json();
    expect(done).toMatchObject({ state: 'sent', deliveries: { unknown: 0 } });
    expect(done).not.toHaveProperty('rejected_in_doubt');
  });
});
