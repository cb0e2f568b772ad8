import { parseConnectionUrl } from 'nodemailer/lib/shared';
import { configurationError } from '../../findings/error.js';
import { isLoopback } from '../../platform/loopback.js';
import type { SmtpOptions } from './connection.js';

/**
 * A server may take minutes to reply to the final dot (RFC 5321 section 4.5.3.2). Giving up earlier leaves
 * the outcome unknown.
 */
const TIMEOUTS = { connectionTimeout: 20_000, greetingTimeout: 30_000, socketTimeout: 5 * 60_000 };

/**
 * Parses the URL of an SMTP server: `smtp://user:password@host:587` (STARTTLS if offered, and always before a
 * password is sent to another machine) or `smtps://...` (TLS from the start). Nodemailer options may follow,
 * as in `?requireTLS=false&socketTimeout=60000`.
 * @throws ObnError for an invalid URL. The error does not show the URL, which may contain a password.
 */
export function readSmtpUrl(url: string): SmtpOptions {
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol)) {
    throw configurationError('smtp.url is not of the form smtp://user:password@host:port');
  }
  const { auth, ...options } = parseConnectionUrl(url);
  const credentials = auth?.user ? { user: auth.user, pass: auth.pass ?? '' } : undefined;
  const requireTLS = credentials !== undefined && !isLoopback(options.host ?? 'localhost');
  return { requireTLS, ...TIMEOUTS, ...options, credentials } as SmtpOptions;
}
