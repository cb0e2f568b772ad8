/** Hosts at which dots in the local part mean nothing, and what the host is called otherwise. */
const DOTLESS: Readonly<Record<string, string>> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' };

/**
 * The mailbox behind an address, for counting alone: what follows a plus sign is a tag of its owner. Two mailboxes that
 * only look the same share a count, and each still gets its own email.
 * @param key an address as it is compared
 */
export function mailboxOf(key: string): string {
  const at = key.lastIndexOf('@');
  const [untagged = ''] = key.slice(0, at).replace(/^"|"$/g, '').split('+');
  const host = key.slice(at + 1);
  const dotless = Object.hasOwn(DOTLESS, host) ? DOTLESS[host] : undefined;
  const local = dotless === undefined ? untagged : untagged.replaceAll('.', '');
  return local === '' ? key : `${local}@${dotless ?? host}`;
}
