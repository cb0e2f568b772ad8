import { kindOf } from '../../transport/table.js';
import { type Examination, failed, given, type Outcome, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';
import { isAligned, type Policy } from '../policy.js';
import { signerOf } from './ses-identity.js';

const POLICIES = ['none', 'quarantine', 'reject'];

export const dnsDmarc: Examination = {
  name: 'dns/dmarc',
  summary: 'the DNS says what becomes of mail that is not signed for the domain (DMARC, RFC 7489)',
  network: true,
  async examine(subject) {
    const { domain, records, tags } = await subject.policy();
    const remedy = `publish a TXT record _dmarc.${subject.domain}: "v=DMARC1; p=none; rua=mailto:(where reports go)"; Gmail, Yahoo and Microsoft ask bulk senders for it`;
    if (domain === undefined) return failed(`${subject.domain} has no DMARC record`, remedy);
    if (records.length > 1) {
      return failed(
        `_dmarc.${domain} has ${records.length} records, which count as none`,
        'leave one of them',
      );
    }
    const policy = (domain === subject.domain ? tags.p : (tags.sp ?? tags.p))?.toLowerCase();
    if (policy === undefined || !POLICIES.includes(policy)) {
      return failed(`_dmarc.${domain} says no policy: ${records[0]}`, `p is one of ${POLICIES.join(', ')}`);
    }
    const only = policy === 'none' ? ', which only reports' : '';
    return passed(`_dmarc.${domain} asks for ${policy}${only}`);
  },
};

export const dnsAlignment: Examination = {
  name: 'dns/alignment',
  summary: 'what is signed, or bounces, belongs to the domain of the sender, as DMARC wants',
  network: true,
  transports: 'live',
  examine: (subject) =>
    given('dns/dmarc', subject.policy(), (policy) => {
      if (policy.domain === undefined) return skipped('there is no policy; see dns/dmarc');
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
    if (byDkim && bySpf) return passed(`DKIM (${name}) and SPF (${bounces}) both do`);
    if (byDkim) return passed(`DKIM (${name}) does`);
    if (bySpf) return passed(`SPF (${bounces}) does, and DKIM does not`);
    return failed(
      `nothing that is signed or bounces belongs to ${subject.domain}, so what its policy says happens to every mail`,
      `let Amazon SES sign for ${subject.domain}: verify the domain, with Easy DKIM`,
    );
  });
}

/** The envelope has the sender's own address, so SPF is aligned wherever it holds. */
async function smtpAlignment({ names, domain, selectors }: Subject): Promise<Outcome> {
  const texts = await names.texts(domain);
  if (texts.some((text) => /^v=spf1(\s|$)/i.test(text)))
    return passed(`bounces go to ${domain}, which has SPF`);
  for (const selector of selectors) {
    if ((await names.texts(`${selector}._domainkey.${domain}`)).length > 0)
      return passed(`DKIM (${selector} of ${domain}) does`);
  }
  return failed(
    `neither SPF nor a key of DKIM is known of ${domain}`,
    'publish SPF, and name the selector of your server with --selector',
  );
}
