import { SesError } from './model.js';

/** An address or a domain that the account may send from, as it stands in the console. */
export interface SesIdentity {
  verified: boolean;
  signing: boolean;
  dkimStatus: 'PENDING' | 'SUCCESS' | 'FAILED' | 'TEMPORARY_FAILURE' | 'NOT_STARTED';
  /** Of Easy DKIM three, of an own key its selector. */
  tokens: readonly string[];
  /** Whether the key is the owner's (BYODKIM). */
  ownKey: boolean;
  mailFrom?: { domain: string; status: 'PENDING' | 'SUCCESS' | 'FAILED' | 'TEMPORARY_FAILURE' } | undefined;
}

/** A domain of which everything is in order. */
export const HEALTHY_IDENTITY: Readonly<SesIdentity> = {
  verified: true,
  signing: true,
  dkimStatus: 'SUCCESS',
  tokens: ['token1', 'token2', 'token3'],
  ownKey: false,
};

/** The answer to GetEmailIdentity. @throws SesError for one that the account does not have */
export function describeIdentity(identities: ReadonlyMap<string, SesIdentity>, name: string): object {
  const identity = identities.get(name);
  if (!identity) throw new SesError(404, 'NotFoundException', `Email identity ${name} does not exist.`);
  const { verified, signing, dkimStatus, tokens, ownKey, mailFrom } = identity;
  return {
    IdentityType: name.includes('@') ? 'EMAIL_ADDRESS' : 'DOMAIN',
    FeedbackForwardingStatus: true,
    VerifiedForSendingStatus: verified,
    VerificationStatus: verified ? 'SUCCESS' : 'PENDING',
    DkimAttributes: {
      SigningEnabled: signing,
      Status: dkimStatus,
      Tokens: tokens,
      SigningAttributesOrigin: ownKey ? 'EXTERNAL' : 'AWS_SES',
      ...(ownKey ? {} : { SigningHostedZone: 'dkim.amazonses.com' }),
    },
    MailFromAttributes: {
      BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      ...(mailFrom ? { MailFromDomain: mailFrom.domain, MailFromDomainStatus: mailFrom.status } : {}),
    },
    Policies: {},
    Tags: [],
  };
}

/** The answer to GetConfigurationSet. @throws SesError for one that the account does not have */
export function describeSet(sets: ReadonlyMap<string, { sending: boolean }>, name: string): object {
  const set = sets.get(name);
  if (!set) throw new SesError(404, 'NotFoundException', `Configuration set <${name}> does not exist.`);
  return { ConfigurationSetName: name, SendingOptions: { SendingEnabled: set.sending } };
}
