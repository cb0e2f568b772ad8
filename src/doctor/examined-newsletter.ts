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

/** What the examinations need of a newsletter. */
export interface ExaminedNewsletter {
  readonly newsletter: Newsletter;
  readonly env: Environment;
  readonly clock: Clock;
  readonly transport: TransportName;
  readonly names: NameServer;
  /** DKIM selectors, if the transport does not know them. */
  readonly selectors: readonly string[];
  /** Secrets of the unsubscribe links; empty if unknown. */
  readonly secrets: readonly string[];
  /** File of the ledger; undefined if it is on a server. @throws ObnError when its address is unknown. */
  ledgerFile(): string | undefined;
  /** Opens the ledger, or an empty one if it does not exist yet. */
  openLedger(): Promise<Ledger>;
  /** Number of recipients of an issue to the whole list; undefined if this machine has no list. */
  countReaders(): Promise<number | undefined>;
}

/** A newsletter with the values that several examinations request, each requested once. */
export interface Subject extends ExaminedNewsletter {
  /** Domain of the sender, in ASCII. */
  readonly domain: string;
  ses(): Promise<SesInspector>;
  account(): Promise<SesAccount>;
  /** SES identities of the sender's address, the most specific first. */
  identities(): Promise<SesIdentity[]>;
  smtp(): Promise<SmtpProbe>;
  policy(): Promise<Policy>;
  /** Closes what was opened. */
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

/** Runs a request on first use and shares its result. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
