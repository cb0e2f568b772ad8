import type { SesIdentity } from '../../transport/ses/inspect.js';
import { type Examination, failed, given, type Outcome, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';

const IDENTITIES = 'in the Amazon SES console, under Identities';

/** The signing identity: the domain if verified, otherwise the address. */
export function signerOf(identities: readonly SesIdentity[]): SesIdentity | undefined {
  return identities.find(({ name }) => !name.includes('@')) ?? identities[0];
}

/** Checks the signing identity. */
function ofSigner(subject: Subject, look: (identity: SesIdentity) => Outcome): Promise<Outcome> {
  return given('ses/identity', subject.identities(), (identities) => {
    const identity = signerOf(identities);
    return identity ? look(identity) : skipped('there is no identity; see ses/identity');
  });
}

export const sesIdentity: Examination = {
  name: 'ses/identity',
  summary: "Amazon SES has verified the sender's domain",
  network: true,
  transports: ['ses'],
  async examine(subject) {
    const identities = await subject.identities();
    const { email } = subject.newsletter.config.from;
    const { region } = await subject.ses();
    const verified = identities.find((one) => one.verified);
    if (!verified) {
      const what = identities[0]
        ? `${identities[0].name} is not verified in ${region}`
        : `Amazon SES has no identity for ${email} or its domain in ${region}`;
      return failed(what, `verify the domain ${subject.domain} ${IDENTITIES}`);
    }
    if (verified.name.includes('@') && signerOf(identities) === verified) {
      return failed(
        `${verified.name} is verified, but its domain is not, so email is not signed for ${subject.domain}`,
        `verify the domain ${subject.domain} ${IDENTITIES}`,
      );
    }
    return passed(`${verified.name} is verified in ${region}`);
  },
};

export const sesDkim: Examination = {
  name: 'ses/dkim',
  summary: 'Amazon SES signs with DKIM and has found the keys in the DNS',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    ofSigner(subject, ({ name, dkim }) => {
      if (!dkim.signing) return failed(`email from ${name} is not signed`, `turn on DKIM ${IDENTITIES}`);
      if (dkim.status === 'SUCCESS') return passed(`email from ${name} is signed`);
      return failed(
        `DKIM status of ${name} is ${dkim.status}: Amazon SES has not found the keys in the DNS`,
        `publish the records shown ${IDENTITIES}; dns/dkim lists the missing ones`,
      );
    }),
};

export const sesMailFrom: Examination = {
  name: 'ses/mail-from',
  summary: 'if there is a custom MAIL FROM domain, Amazon SES has found its records',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    ofSigner(subject, ({ name, mailFrom }) => {
      if (!mailFrom) {
        return passed(
          `${name} has no custom MAIL FROM domain; SPF is that of amazonses.com, and only DKIM is aligned`,
        );
      }
      const { domain, status } = mailFrom;
      if (status === 'SUCCESS') return passed(domain);
      return failed(
        `${domain} is ${status}: Amazon SES has not found its MX record`,
        `publish the records shown ${IDENTITIES}; dns/mail-from lists what is missing`,
      );
    }),
};

export const sesConfigurationSet: Examination = {
  name: 'ses/configuration-set',
  summary: 'the configuration set of obn.yaml exists and can send',
  network: true,
  transports: ['ses'],
  async examine(subject) {
    const name = subject.newsletter.config.ses.configuration_set;
    if (name === undefined)
      return skipped('obn.yaml has no configuration set, so obn does not learn of bounces and complaints');
    const inspector = await subject.ses();
    const set = await inspector.configurationSet(name);
    if (!set) {
      return failed(
        `no configuration set ${name} in ${inspector.region}`,
        'create it in the Amazon SES console, or fix ses.configuration_set in obn.yaml',
      );
    }
    if (set.sending) return passed(name);
    return failed(
      `sending is paused for ${name}`,
      'turn on sending in the Amazon SES console, under Configuration sets',
    );
  },
};
