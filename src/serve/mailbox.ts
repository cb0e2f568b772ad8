/** Hosts that ignore dots in the local part, with their canonical name. */
const DOTLESS: Readonly<Record<string, string>> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' };

/**
 * The mailbox behind an address, used only for counting. Text after a plus sign is a tag. Two
 * different mailboxes that look the same share a count, but each still gets its own email.
 * @param key the normalized address
 */
export function mailboxOf(key: string): string {
  const at = key.lastIndexOf('@');
  const [untagged = ''] = key.slice(0, at).replace(/^"|"$/g, '').split('+');
  const host = key.slice(at + 1);
  const dotless = Object.hasOwn(DOTLESS, host) ? DOTLESS[host] : undefined;
  const local = dotless === undefined ? untagged : untagged.replaceAll('.', '');
  return local === '' ? key : `${local}@${dotless ?? host}`;
}
