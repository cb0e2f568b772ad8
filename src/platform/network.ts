import { isIPv4, isIPv6 } from 'node:net';

/** An IPv4 address in hexadecimal in an IPv6 address, such as `::ffff:c000:201`. */
function dotted(address: string): string | undefined {
  const [, high, low] = /^(?:0{0,4}:){1,5}:?ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? [];
  if (high === undefined || low === undefined || !isIPv6(address)) return undefined;
  const bytes = [high, low]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((all) => [all >> 8, all & 255]);
  return bytes.join('.');
}

/**
 * An IPv4 address, or the /64 of an IPv6 address, which belongs to one customer; undefined if it is not an IP
 * address.
 */
export function networkOf(address: string): string | undefined {
  const plain = address.replace(/%.*$/, '');
  const mapped = /^::ffff:([\d.]+)$/i.exec(plain)?.[1] ?? dotted(plain) ?? plain;
  if (isIPv4(mapped)) return mapped;
  if (!isIPv6(plain)) return undefined;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const missing = 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
