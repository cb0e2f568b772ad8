import type { SesIdentity } from '../../transport/ses/inspect.js';
import { type Examination, failed, given, type Outcome, passed, skipped } from '../examination.js';
import type { Subject } from '../examined-newsletter.js';

const IDENTITIES = 'in the console of Amazon SES, under Identities';

/** The identity that signs: of the domain, where there is one, and not of the address alone. */
export function signerOf(identities: readonly SesIdentity[]): SesIdentity | undefined {
  return identities.find(({ name }) => !name.includes('@')) ?? identities[0];
}

/** What is found of the identity that signs. */
function ofSigner(subject: Subject, look: (identity: SesIdentity) => Outcome): Promise<Outcome> {
  return given('ses/identity', subject.identities(), (identities) => {
    const identity = signerOf(identities);
    return identity ? look(identity) : skipped('there is no identity; see ses/identity');
  });
}

export const sesIdentity: Examination = {
  name: 'ses/identity',
  summary: 'Amazon SES has verified the domain that mail comes from',
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
        : `Amazon SES does not know ${email} in ${region}, or any domain that it is part of`;
      return failed(what, `verify the domain ${subject.domain} ${IDENTITIES}`);
    }
    if (verified.name.includes('@') && signerOf(identities) === verified) {
      return failed(
        `${verified.name} is verified, and its domain is not: mail is not signed for ${subject.domain}`,
        `verify the domain ${subject.domain} ${IDENTITIES}`,
      );
    }
    return passed(`${verified.name} is verified in ${region}`);
  },
};

export const sesDkim: Examination = {
  name: 'ses/dkim',
  summary: 'Amazon SES signs with DKIM, and has found the keys in the DNS',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    ofSigner(subject, ({ name, dkim }) => {
      if (!dkim.signing) return failed(`what comes from ${name} is not signed`, `turn DKIM on ${IDENTITIES}`);
      if (dkim.status === 'SUCCESS') return passed(`what comes from ${name} is signed`);
      return failed(
        `the keys of ${name} are ${dkim.status}: Amazon SES has not found them in the DNS`,
        `publish the records that stand ${IDENTITIES}; dns/dkim says which are missing`,
      );
    }),
};

export const sesMailFrom: Examination = {
  name: 'ses/mail-from',
  summary: 'where there is a MAIL FROM domain of its own, Amazon SES has found its records',
  network: true,
  transports: ['ses'],
  examine: (subject) =>
    ofSigner(subject, ({ name, mailFrom }) => {
      if (!mailFrom) {
        return passed(
          `${name} has none, so SPF is that of amazonses.com, and DKIM alone speaks for the domain`,
        );
      }
      const { domain, status } = mailFrom;
      if (status === 'SUCCESS') return passed(domain);
      return failed(
        `${domain} is ${status}: Amazon SES has not found its MX record`,
        `publish the records that stand ${IDENTITIES}; dns/mail-from says what is missing`,
      );
    }),
};

export const sesConfigurationSet: Examination = {
  name: 'ses/configuration-set',
  summary: 'the configuration set of obn.yaml is there, and mail goes out with it',
  network: true,
  transports: ['ses'],
  async examine(subject) {
    const name = subject.newsletter.config.ses.configuration_set;
    if (name === undefined)
      return skipped('obn.yaml names none, and nothing is heard of bounces and complaints');
    const inspector = await subject.ses();
    const set = await inspector.configurationSet(name);
    if (!set) {
      return failed(
        `there is no configuration set ${name} in ${inspector.region}`,
        'make it in the console of Amazon SES, or correct ses.configuration_set in obn.yaml',
      );
    }
    if (set.sending) return passed(name);
    return failed(
      `sending is paused for ${name}`,
      'turn it on in the console of Amazon SES, under Configuration sets',
    );
  },
};
