import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { configurationError } from '../../findings/error.js';
import { isLoopback } from '../../platform/loopback.js';
import { certificateTrouble } from './certificate.js';
import type { SmtpOptions } from './connection.js';
import { readSmtpUrl } from './url.js';

/** Result of connecting to an SMTP server without sending a message. */
export interface SmtpProbe {
  /** Host and port, without the login. */
  readonly server: string;
  /** Whether the server is this machine. */
  readonly local: boolean;
  /** Undefined if the connection succeeded. */
  readonly connectError?: string;
  /** Why required TLS failed; undefined if TLS succeeded or is not required. */
  readonly tlsError?: string;
  readonly secure: boolean;
  /** Undefined if smtp.url has no login, or it was not tried. */
  readonly login?: 'accepted' | { readonly refused: string };
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly response?: string;
}

const TLS = /certificate|self.signed|\bTLS\b|\bSSL\b|STARTTLS|altnames/i;

/** @throws ObnError when the server URL is missing or invalid. */
export function openProbe(url: string | undefined): Promise<SmtpProbe> {
  if (!url) throw configurationError('no SMTP server set', { hint: 'set smtp.url in obn.yaml' });
  return probeSmtp(readSmtpUrl(url));
}

/** Connects, logs in if there is a login, and quits. Never throws for a reply of the server. */
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
      const reason = distrust ?? (failure.code === 'ETLS' ? `STARTTLS failed: ${said}` : said);
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
  if (!connection.allowsAuth) return { refused: 'the server does not support authentication' };
  const failure = await step(connection, (done) => connection.login({ credentials }, done));
  return failure ? { refused: failure.response ?? failure.message } : 'accepted';
}

/** Runs one step. @returns its error, if any */
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
