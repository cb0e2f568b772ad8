import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { configurationError } from '../../findings/error.js';
import { isLoopback } from '../../platform/loopback.js';
import { certificateTrouble } from './certificate.js';
import type { SmtpOptions } from './connection.js';
import { readSmtpUrl } from './url.js';

/** How far one gets with an SMTP server without giving it a message. */
export interface SmtpProbe {
  /** As messages name it, without the login. */
  readonly server: string;
  /** Whether it is this machine, to which nothing goes over a network. */
  readonly local: boolean;
  /** Undefined: it has greeted. */
  readonly connectError?: string;
  /** Why there is no TLS although there is to be; undefined: there is, or need not be. */
  readonly tlsError?: string;
  readonly secure: boolean;
  /** Undefined: smtp.url has none, or it did not come to that. */
  readonly login?: 'accepted' | { readonly refused: string };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly response?: string;
}

const TLS = /certificate|self.signed|\bTLS\b|\bSSL\b|STARTTLS|altnames/i;

/** @throws ObnError when the address of the server is missing or is none. */
export function openProbe(url: string | undefined): Promise<SmtpProbe> {
  if (!url) throw configurationError('the SMTP server is not known', { hint: 'set smtp.url in obn.yaml' });
  return probeSmtp(readSmtpUrl(url));
}

/** Connects, logs in where there is a login, and says good-bye. Never throws for an answer of the other side. */
async function probeSmtp(options: SmtpOptions): Promise<SmtpProbe> {
  const host = options.host ?? 'localhost';
  const facts = {
    server: `${host}:${options.port ?? (options.secure ? 465 : 587)}`,
    local: isLoopback(host),
  };
  const connection = new SMTPConnection(options);
  try {
    const failure = await step(connection, (done) => connection.connect(done));
    if (failure) {
      const said = failure.response ?? failure.message;
      const distrust = certificateTrouble(failure)?.reason;
      const reason = distrust ?? (failure.code === 'ETLS' ? `STARTTLS did not work: ${said}` : said);
      const about =
        distrust || failure.code === 'ETLS' || TLS.test(failure.message) ? 'tlsError' : 'connectError';
      return { ...facts, secure: false, [about]: reason };
    }
    const { secure = false } = connection as { secure?: boolean };
    const login = await tryLogin(connection, options);
    connection.quit();
    return { ...facts, secure, ...(login === undefined ? {} : { login }) };
  } finally {
    connection.close();
  }
}

async function tryLogin(
  connection: SMTPConnection,
  { credentials }: SmtpOptions,
): Promise<SmtpProbe['login']> {
  if (!credentials) return undefined;
  if (!connection.allowsAuth) return { refused: 'the server does not offer to log in' };
  const failure = await step(connection, (done) => connection.login({ credentials }, done));
  return failure ? { refused: failure.response ?? failure.message } : 'accepted';
}

/** One step of the conversation. @returns the error that ended it */
function step(
  connection: SMTPConnection,
  begin: (done: (error?: Error | null) => void) => void,
): Promise<SmtpError | undefined> {
  return new Promise((resolve) => {
    connection.removeAllListeners('error');
    connection.on('error', (error: SmtpError) => resolve(error));
    begin((error) => resolve(error ?? undefined));
  });
}
