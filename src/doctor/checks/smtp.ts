import { type Examination, failed, given, passed, skipped } from '../examination.js';

export const smtpConnection: Examination = {
  name: 'smtp/connection',
  summary: 'the SMTP server can be reached',
  network: true,
  transports: ['smtp'],
  async examine(subject) {
    const { server, connectError } = await subject.smtp();
    if (connectError === undefined) return passed(server);
    return failed(
      `${server}: ${connectError}`,
      'check smtp.url, and that the network allows outgoing connections to this port (many networks block port 25)',
    );
  },
};

export const smtpTls: Examination = {
  name: 'smtp/tls',
  summary: 'the connection to the SMTP server is encrypted (TLS)',
  network: true,
  transports: ['smtp'],
  examine: (subject) =>
    given('smtp/connection', subject.smtp(), ({ server, connectError, tlsError, secure, local }) => {
      if (connectError !== undefined) return skipped('no connection; see smtp/connection');
      const remedy =
        'use the port for TLS (smtps://...:465) or STARTTLS (smtp://...:587), and the host name in the certificate';
      if (tlsError !== undefined) return failed(`${server}: ${tlsError}`, remedy);
      if (secure) return passed(`the connection to ${server} is encrypted`);
      if (local) return passed(`${server} is this machine, so nothing is sent over a network`);
      return failed(`the connection to ${server} is not encrypted`, remedy);
    }),
};

export const smtpLogin: Examination = {
  name: 'smtp/login',
  summary: 'the SMTP server accepts the login',
  network: true,
  transports: ['smtp'],
  examine: (subject) =>
    given('smtp/connection', subject.smtp(), ({ connectError, tlsError, login }) => {
      if (connectError !== undefined) return skipped('no connection; see smtp/connection');
      if (tlsError !== undefined) return skipped('no TLS; see smtp/tls');
      if (login === undefined) return skipped('smtp.url has no login');
      if (login === 'accepted') return passed('login accepted');
      return failed(
        login.refused,
        'check user and password in smtp.url, and percent-encode special characters (@ is %40)',
      );
    }),
};
