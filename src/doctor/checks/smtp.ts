import { type Examination, failed, given, passed, skipped } from '../examination.js';

export const smtpConnection: Examination = {
  name: 'smtp/connection',
  summary: 'the SMTP server can be reached, and greets',
  network: true,
  transports: ['smtp'],
  async examine(subject) {
    const { server, connectError } = await subject.smtp();
    if (connectError === undefined) return passed(server);
    return failed(
      `${server}: ${connectError}`,
      'check smtp.url, and whether the network lets this port out; many block 25',
    );
  },
};

export const smtpTls: Examination = {
  name: 'smtp/tls',
  summary: 'mail and password go to the SMTP server over TLS',
  network: true,
  transports: ['smtp'],
  examine: (subject) =>
    given('smtp/connection', subject.smtp(), ({ server, connectError, tlsError, secure, local }) => {
      if (connectError !== undefined) return skipped('there is no connection; see smtp/connection');
      const remedy =
        'use the port for TLS (smtps://…:465) or STARTTLS (smtp://…:587), and the name of its certificate';
      if (tlsError !== undefined) return failed(`${server}: ${tlsError}`, remedy);
      if (secure) return passed(`what is said to ${server} is encrypted`);
      if (local) return passed(`${server} is this machine, and nothing goes over a network`);
      return failed(`what is said to ${server} can be read on the way`, remedy);
    }),
};

export const smtpLogin: Examination = {
  name: 'smtp/login',
  summary: 'the SMTP server takes the login',
  network: true,
  transports: ['smtp'],
  examine: (subject) =>
    given('smtp/connection', subject.smtp(), ({ connectError, tlsError, login }) => {
      if (connectError !== undefined) return skipped('there is no connection; see smtp/connection');
      if (tlsError !== undefined) return skipped('there is no TLS; see smtp/tls');
      if (login === undefined) return skipped('smtp.url has no login');
      if (login === 'accepted') return passed('it is taken');
      return failed(login.refused, 'check user and password in smtp.url; special letters are written as %40');
    }),
};
