import { type Examination, failed, given, passed } from '../examination.js';

const CONSOLE = 'in the Amazon SES console, under Account dashboard';

export const sesAccount: Examination = {
  name: 'ses/account',
  summary: 'Amazon SES accepts the credentials, and the account may send',
  network: true,
  transports: ['ses'],
  async examine(subject) {
    const { region } = await subject.ses();
    const { sending, enforcement, rate } = await subject.account();
    if (enforcement === 'SHUTDOWN')
      return failed(
        `the account is shut down in ${region}`,
        `see the reputation metrics ${CONSOLE}, and contact AWS`,
      );
    if (!sending) return failed(`sending is paused in ${region}`, `see the reason ${CONSOLE}`);
    if (rate !== undefined && !(rate > 0))
      return failed(`the account may send ${rate} messages/s`, `request a higher rate ${CONSOLE}`);
    const review = enforcement === 'PROBATION' ? '; under review, see the reputation metrics' : '';
    return passed(`${region}: ${rate === undefined ? 'no rate limit' : `up to ${rate} messages/s`}${review}`);
  },
};

export const sesSandbox: Examination = {
  name: 'ses/sandbox',
  summary: 'the account is out of the sandbox, where only verified addresses can be mailed',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    given('ses/account', subject.account(), ({ production }) =>
      production
        ? passed('out of the sandbox')
        : failed(
            'the account is in the sandbox: only verified addresses can be mailed',
            `request production access ${CONSOLE}`,
          ),
    ),
};

export const sesQuota: Examination = {
  name: 'ses/quota',
  summary: 'the remaining 24-hour quota is enough for the list',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    given('ses/account', subject.account(), async ({ quota, sent }) => {
      if (quota === undefined) return passed('no quota');
      const left = Math.max(0, Math.floor(quota - sent));
      const of = `${left.toLocaleString('en')} of ${quota.toLocaleString('en')} left`;
      const readers = await subject.countReaders();
      if (left > 0 && left >= (readers ?? 0)) return passed(of);
      const many = readers === undefined ? '' : `, but the list has ${readers.toLocaleString('en')} readers`;
      return failed(
        `${of}${many}`,
        `request a higher quota ${CONSOLE}, or send part of the list each day with --limit`,
      );
    }),
};
