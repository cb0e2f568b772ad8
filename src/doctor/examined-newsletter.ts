import { domainToASCII } from 'node:url';
import type { Newsletter } from '../config/load.js';
import type { Ledger } from '../ledger/ledger.js';
import type { Clock } from '../platform/clock.js';
import type { NameServer } from '../platform/name-server.js';
import type { Environment } from '../platform/process.js';
import type { TransportName } from '../transport/names.js';
import type { SesAccount, SesIdentity, SesInspector } from '../transport/ses/inspect.js';
import type { SmtpProbe } from '../transport/smtp/probe.js';
import { findPolicy, type Policy, withParents } from './policy.js';

/** What a newsletter brings along to be examined. */
export interface ExaminedNewsletter {
  readonly newsletter: Newsletter;
  readonly env: Environment;
  readonly clock: Clock;
  readonly transport: TransportName;
  readonly names: NameServer;
  /** Selectors of DKIM keys, where the transport does not know them. */
  readonly selectors: readonly string[];
  /** Keys that unsubscribe links are signed with; none where they are not known. */
  readonly secrets: readonly string[];
  /** The file of the ledger; undefined: a server keeps it. @throws ObnError when its address is not known. */
  ledgerFile(): string | undefined;
  /** Opens the ledger, or an empty one in place of one that is not there. */
  openLedger(): Promise<Ledger>;
  /** How many an issue to the whole list would go to; undefined: there is no list on this machine. */
  countReaders(): Promise<number | undefined>;
}

/** A patient, and what several examinations ask for, which is asked once. */
export interface Subject extends ExaminedNewsletter {
  /** The domain that mail comes from, as the DNS knows it. */
  readonly domain: string;
  ses(): Promise<SesInspector>;
  account(): Promise<SesAccount>;
  /** The identities of SES that the sender's address belongs to, the most exact first. */
  identities(): Promise<SesIdentity[]>;
  smtp(): Promise<SmtpProbe>;
  policy(): Promise<Policy>;
  /** Lets go of what was opened. */
  close(): Promise<void>;
}

export function subjectOf(patient: ExaminedNewsletter): Subject {
  const { newsletter, env, names } = patient;
  const { email } = newsletter.config.from;
  const domain = domainToASCII(email.slice(email.lastIndexOf('@') + 1)).toLowerCase();
  let opened: SesInspector | undefined;
  const ses = once(async () => {
    newsletter.need('ses');
    const { inspectSes } = await import('../transport/ses/inspect.js');
    opened = await inspectSes(newsletter.config.ses, env);
    return opened;
  });
  return {
    ...patient,
    domain,
    ses,
    account: once(async () => (await ses()).account()),
    identities: once(async () => {
      const inspector = await ses();
      const found: SesIdentity[] = [];
      for (const name of [email, ...withParents(domain)]) {
        const identity = await inspector.identity(name);
        if (identity) found.push(identity);
      }
      return found;
    }),
    smtp: once(async () => {
      newsletter.need('smtp');
      const { openProbe } = await import('../transport/smtp/probe.js');
      return openProbe(newsletter.config.smtp.url);
    }),
    policy: once(() => findPolicy(domain, names)),
    close: async () => opened?.close(),
  };
}

/** Asks when it is first wanted, and gives everybody the same answer. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
