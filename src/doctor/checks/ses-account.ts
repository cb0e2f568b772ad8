import { type Examination, failed, given, passed } from '../examination.js';

const CONSOLE = 'in the console of Amazon SES, under Account dashboard';

export const sesAccount: Examination = {
  name: 'ses/account',
  summary: 'Amazon SES takes the credentials, and the account may send',
  network: true,
  transports: ['ses'],
  async examine(subject) {
    const { region } = await subject.ses();
    const { sending, enforcement, rate } = await subject.account();
    if (enforcement === 'SHUTDOWN')
      return failed(
        `the account is shut down in ${region}`,
        `see the reputation metrics ${CONSOLE}, and write to AWS`,
      );
    if (!sending) return failed(`sending is paused in ${region}`, `look for the reason ${CONSOLE}`);
    if (rate !== undefined && !(rate > 0))
      return failed(`the account may send ${rate} a second`, `ask for more ${CONSOLE}`);
    const review = enforcement === 'PROBATION' ? '; it is under review, see its reputation metrics' : '';
    return passed(`it may send in ${region}, ${rate ?? 'any number of'} messages a second${review}`);
  },
};

export const sesSandbox: Examination = {
  name: 'ses/sandbox',
  summary: 'the account has left the sandbox, in which only verified addresses get mail',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    given('ses/account', subject.account(), ({ production }) =>
      production
        ? passed('the account has left it')
        : failed(
            'the account is in the sandbox: only verified addresses get mail',
            `request production access ${CONSOLE}`,
          ),
    ),
};

export const sesQuota: Examination = {
  name: 'ses/quota',
  summary: 'what is left of the quota of 24 hours is enough for the list',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    given('ses/account', subject.account(), async ({ quota, sent }) => {
      if (quota === undefined) return passed('the account has none');
      const left = Math.max(0, Math.floor(quota - sent));
      const of = `${left.toLocaleString('en')} of ${quota.toLocaleString('en')} are left`;
      const readers = await subject.countReaders();
      if (left > 0 && left >= (readers ?? 0)) return passed(of);
      const many = readers === undefined ? '' : `, and the list has ${readers.toLocaleString('en')} readers`;
      return failed(`${of}${many}`, `ask for more ${CONSOLE}, or send a part each day with --limit`);
    }),
};
