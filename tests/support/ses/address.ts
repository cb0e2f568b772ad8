import { badRequest } from './model.js';
import type { Destination } from './schema.js';

const MAX_RECIPIENTS = 50;
const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LOCAL = new RegExp(`^(${ATOM}(\\.${ATOM})*|"([ !#-[\\]-~]|\\\\[ -~])*")$`);
const LABEL = '[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const DOMAIN = new RegExp(`^(${LABEL}\\.)+${LABEL}$`);

/** The bare addresses of a destination. @throws SesError for an address that SES does not take. */
export function recipientsOf({ ToAddresses, CcAddresses, BccAddresses }: Destination): string[] {
  const all = [...(ToAddresses ?? []), ...(CcAddresses ?? []), ...(BccAddresses ?? [])];
  if (all.length > MAX_RECIPIENTS) throw badRequest(`Recipient count exceeds ${MAX_RECIPIENTS}.`);
  return all.map(bareAddress);
}

/** The address in `Name <address>` or by itself. @throws SesError for one that SES does not take. */
export function bareAddress(mailbox: string): string {
  if (!/^[\x20-\x7e]+$/.test(mailbox)) throw badRequest(`Address contains illegal character: ${mailbox}`);
  const address = /^(?:"(?:[^"\\]|\\.)*"|[^<>"]*)\s*<([^<>]+)>$/.exec(mailbox)?.[1] ?? mailbox;
  const at = address.lastIndexOf('@');
  if (at < 0) throw badRequest("Missing final '@domain'");
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (!LOCAL.test(local) || local.length > 64) throw badRequest(`Local part is illegal: ${address}`);
  if (!DOMAIN.test(domain) || domain.length > 253) throw badRequest(`Domain is illegal: ${address}`);
  return address;
}
