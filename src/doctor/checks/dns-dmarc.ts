import { kindOf } from '../../transport/table.js';
import { type Examination, failed, given, type Outcome, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';
import { isAligned, type Policy } from '../policy.js';
import { signerOf } from './ses-identity.js';

const POLICIES = ['none', 'quarantine', 'reject'];

export const dnsDmarc: Examination = {
  name: 'dns/dmarc',
  summary: 'the domain has a DMARC policy (RFC 7489)',
  network: true,
  async examine(subject) {
    const { domain, records, tags } = await subject.policy();
    const remedy = `publish a TXT record _dmarc.${subject.domain}: "v=DMARC1; p=none; rua=mailto:(address for reports)"; Gmail, Yahoo and Microsoft require it of bulk senders`;
    if (domain === undefined) return failed(`${subject.domain} has no DMARC record`, remedy);
    if (records.length > 1) {
      return failed(
        `_dmarc.${domain} has ${records.length} records, so none of them counts`,
        'keep only one',
      );
    }
    const policy = (domain === subject.domain ? tags.p : (tags.sp ?? tags.p))?.toLowerCase();
    if (policy === undefined || !POLICIES.includes(policy)) {
      return failed(
        `_dmarc.${domain} has no valid policy: ${records[0]}`,
        `set p to one of ${POLICIES.join(', ')}`,
      );
    }
    const only = policy === 'none' ? ' (reports only)' : '';
    return passed(`_dmarc.${domain} has the policy ${policy}${only}`);
  },
};

export const dnsAlignment: Examination = {
  name: 'dns/alignment',
  summary: "DKIM or SPF is aligned with the sender's domain, as DMARC requires",
  network: true,
  transports: 'live',
  examine: (subject) =>
    given('dns/dmarc', subject.policy(), (policy) => {
      if (policy.domain === undefined) return skipped('no policy; see dns/dmarc');
      return kindOf(subject.transport)?.identities ? sesAlignment(subject, policy) : smtpAlignment(subject);
    }),
};

function sesAlignment(subject: Subject, policy: Policy): Promise<Outcome> {
  return given('ses/identity', subject.identities(), (identities) => {
    const identity = signerOf(identities);
    if (!identity) return skipped('there is no identity; see ses/identity');
    const { name, dkim, mailFrom } = identity;
    const signs = dkim.signing && dkim.status === 'SUCCESS' && !name.includes('@');
    const byDkim = signs && isAligned(name, subject.domain, policy, policy.tags.adkim);
    const bounces = mailFrom?.status === 'SUCCESS' ? mailFrom.domain : undefined;
    const bySpf = bounces !== undefined && isAligned(bounces, subject.domain, policy, policy.tags.aspf);
    if (byDkim && bySpf) return passed(`DKIM (${name}) and SPF (${bounces}) are aligned`);
    if (byDkim) return passed(`DKIM (${name}) is aligned`);
    if (bySpf) return passed(`SPF (${bounces}) is aligned; DKIM is not`);
    return failed(
      `neither DKIM nor SPF is aligned with ${subject.domain}, so its policy applies to every message`,
      `let Amazon SES sign for ${subject.domain}: verify the domain, with Easy DKIM`,
    );
  });
}

/** The envelope sender is the From address, so SPF is aligned whenever it passes. */
async function smtpAlignment({ names, domain, selectors }: Subject): Promise<Outcome> {
  const texts = await names.texts(domain);
  if (texts.some((text) => /^v=spf1(\s|$)/i.test(text))) return passed(`SPF (${domain}) is aligned`);
  for (const selector of selectors) {
    if ((await names.texts(`${selector}._domainkey.${domain}`)).length > 0)
      return passed(`DKIM (${selector} of ${domain}) is aligned`);
  }
  return failed(
    `found neither SPF nor a DKIM key for ${domain}`,
    'publish an SPF record, or pass the DKIM selector of your server with --selector',
  );
}
