import { clock } from './checks/clock.js';
import { configuration } from './checks/configuration.js';
import { confirmed } from './checks/confirmed.js';
import { dnsDkim } from './checks/dns-dkim.js';
import { dnsAlignment, dnsDmarc } from './checks/dns-dmarc.js';
import { dnsMailFrom, dnsSpf } from './checks/dns-spf.js';
import { files } from './checks/files.js';
import { ledger } from './checks/ledger.js';
import { node } from './checks/node.js';
import { sesAccount, sesQuota, sesSandbox } from './checks/ses-account.js';
import { sesConfigurationSet, sesDkim, sesIdentity, sesMailFrom } from './checks/ses-identity.js';
import { smtpConnection, smtpLogin, smtpTls } from './checks/smtp.js';
import { unsubscribe } from './checks/unsubscribe.js';
import type { Examination } from './examination.js';

/** The checks of `obn doctor`, in order. To add one, add its file and a line here. */
export const examinations: readonly Examination[] = [
  node,
  configuration,
  clock,
  ledger,
  confirmed,
  files,
  sesAccount,
  sesSandbox,
  sesQuota,
  sesIdentity,
  sesDkim,
  sesMailFrom,
  sesConfigurationSet,
  smtpConnection,
  smtpTls,
  smtpLogin,
  dnsSpf,
  dnsDkim,
  dnsDmarc,
  dnsAlignment,
  dnsMailFrom,
  unsubscribe,
];
