import type { Newsletter } from '../config/load.js';
import { PLACEHOLDER } from '../config/placeholder.js';
import { SECRET_COMMAND, weakSecretFinding } from '../config/secret-strength.js';
import { configurationError } from '../findings/error.js';
import type { Finding } from '../findings/finding.js';
import { isLoopback } from '../platform/loopback.js';

/**
 * Refuses a live send without a postal address (CAN-SPAM, 15 U.S.C. 7704(a)(5)) and a one-click
 * unsubscribe address (RFC 8058, required of bulk senders by Gmail and Yahoo) that uses https and links that
 * cannot be forged.
 * @throws ObnError with a finding for each missing setting
 */
export function requireLive(newsletter: Newsletter): void {
  newsletter.need('unsubscribe');
  const { config, document } = newsletter;
  const findings: Finding[] = [];
  const missing = (path: string[], message: string, hint: string) =>
    findings.push(document.finding('error', 'config/live', document.at(path), message, hint));
  const { address } = config.newsletter;
  if (!address)
    missing(
      ['newsletter'],
      'newsletter.address is missing',
      'add your postal address; the law requires it in every issue',
    );
  else if (address === PLACEHOLDER.address) {
    missing(
      ['newsletter', 'address'],
      'newsletter.address is still the placeholder',
      'write your postal address',
    );
  }
  const { url, secret } = config.unsubscribe;
  if (!url)
    missing(['unsubscribe'], 'unsubscribe.url is missing', 'set the address of your one-click endpoint');
  else if (url === PLACEHOLDER.unsubscribe) {
    missing(
      ['unsubscribe', 'url'],
      'unsubscribe.url is still the placeholder',
      'set the address of your endpoint',
    );
  } else if (!isSafe(new URL(url))) {
    missing(
      ['unsubscribe', 'url'],
      'unsubscribe.url must begin with https://',
      'mail clients request only https',
    );
  }
  if (url && !secret?.length)
    missing(
      ['unsubscribe'],
      'unsubscribe.secret is missing',
      `set it to an environment variable; create its value with: ${SECRET_COMMAND}`,
    );
  const weak = weakSecretFinding(newsletter);
  if (weak) findings.push(weak);
  if (findings.length > 0)
    throw configurationError('this newsletter cannot be sent to readers yet', { findings });
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || isLoopback(hostname);
}
