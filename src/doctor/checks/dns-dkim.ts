import type { SesIdentity } from '../../transport/ses/inspect.js';
import { kindOf } from '../../transport/table.js';
import { type Examination, failed, given, type Outcome, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';
import { tagsOf } from '../policy.js';
import { signerOf } from './ses-identity.js';

export const dnsDkim: Examination = {
  name: 'dns/dkim',
  summary: 'the DKIM keys are published in the DNS (RFC 6376)',
  network: true,
  transports: 'live',
  examine: (subject) =>
    !kindOf(subject.transport)?.identities
      ? ownKeys(subject, subject.domain, subject.selectors)
      : given('ses/identity', subject.identities(), (identities) => sesKeys(subject, signerOf(identities))),
};

async function sesKeys(subject: Subject, identity: SesIdentity | undefined): Promise<Outcome> {
  if (!identity) return skipped('there is no identity; see ses/identity');
  const { name, dkim } = identity;
  if (dkim.selectors.length === 0) return skipped('Amazon SES lists no keys; see ses/dkim');
  const domain = name.slice(name.lastIndexOf('@') + 1);
  if (dkim.zone === undefined) return ownKeys(subject, domain, dkim.selectors);
  const missing: string[] = [];
  for (const token of dkim.selectors) {
    const record = `${token}._domainkey.${domain}`;
    const wanted = `${token}.${dkim.zone}`;
    const alias = await subject.names.alias(record);
    // Some DNS hosts return the target of the alias.
    if (alias === wanted || (alias === undefined && (await hasKey(subject, record)))) continue;
    missing.push(`${record} CNAME ${wanted}${alias === undefined ? '' : ` (currently ${alias})`}`);
  }
  const all = dkim.selectors.length;
  if (missing.length === 0) return passed(`${domain} has all keys (${all})`);
  return failed(`${domain} is missing ${missing.length} of ${all} keys`, `publish ${missing.join(', ')}`);
}

/** Keys published under the domain itself. */
async function ownKeys(subject: Subject, domain: string, selectors: readonly string[]): Promise<Outcome> {
  if (selectors.length === 0) return skipped('DKIM selector unknown; pass it with --selector');
  for (const selector of selectors) {
    const record = `${selector}._domainkey.${domain}`;
    if (await hasKey(subject, record)) continue;
    return failed(
      `${record} has no key`,
      'publish the TXT record that your mail provider shows, or fix the selector',
    );
  }
  return passed(`${domain} has the key of ${selectors.join(', ')}`);
}

/** Whether there is a key. An empty one is revoked. */
async function hasKey({ names }: Subject, record: string): Promise<boolean> {
  const texts = await names.texts(record);
  return texts.some((text) => (tagsOf(text).p ?? '') !== '');
}
