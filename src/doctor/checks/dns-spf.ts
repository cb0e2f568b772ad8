import { kindOf } from '../../transport/table.js';
import { type Examination, failed, given, type Outcome, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';
import { signerOf } from './ses-identity.js';

export const dnsSpf: Examination = {
  name: 'dns/spf',
  summary: 'SPF allows your mail server to send for the bounce domain (RFC 7208)',
  network: true,
  transports: 'live',
  examine: (subject) =>
    !kindOf(subject.transport)?.identities
      ? spfOf(subject, subject.domain)
      : given('ses/identity', subject.identities(), (identities) => {
          const domain = signerOf(identities)?.mailFrom?.domain;
          if (domain) return spfOf(subject, domain, 'include:amazonses.com');
          return skipped('bounces go to amazonses.com, which has its own SPF record');
        }),
};

/** @param needed mechanism that the record must contain. */
async function spfOf({ names }: Subject, domain: string, needed?: string): Promise<Outcome> {
  const texts = await names.texts(domain);
  const records = texts.filter((text) => /^v=spf1(\s|$)/i.test(text));
  const example = `"v=spf1 ${needed ?? 'include:(domain of your mail provider)'} ~all"`;
  const [record] = records;
  if (record === undefined)
    return failed(`${domain} has no SPF record`, `publish a TXT record of ${domain}: ${example}`);
  if (records.length > 1) {
    return failed(
      `${domain} has ${records.length} SPF records, so none of them counts`,
      'merge them into one',
    );
  }
  const terms = record.toLowerCase().split(/\s+/);
  if (terms.includes('+all') || terms.includes('all'))
    return failed(`${domain} allows anyone to send: ${record}`, 'end the record with ~all or -all');
  if (needed !== undefined && !terms.includes(needed))
    return failed(`${domain} does not allow your mail server: ${record}`, `add ${needed} to the record`);
  return passed(`${domain} has ${record}`);
}

export const dnsMailFrom: Examination = {
  name: 'dns/mail-from',
  summary: 'the MX record of the MAIL FROM domain points to Amazon SES',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    given('ses/identity', subject.identities(), async (identities) => {
      const domain = signerOf(identities)?.mailFrom?.domain;
      if (!domain) return skipped('there is no MAIL FROM domain; see ses/mail-from');
      const { region } = await subject.ses();
      const host = `feedback-smtp.${region}.amazonses.com`;
      const hosts = await subject.names.mailHosts(domain);
      const remedy = `publish one MX record of ${domain}, and no other: 10 ${host}`;
      if (hosts.length === 0) return failed(`${domain} has no MX record`, remedy);
      if (hosts.length === 1 && hosts[0] === host) return passed(`${domain} has ${host}`);
      return failed(`mail to ${domain} goes to ${hosts.join(', ')}`, remedy);
    }),
};
