import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** IPv6 prefixes that embed an IPv4 address: RFC 4291 2.5.5.2 (::ffff:0:0/96), RFC 6052 2.1. */
const EMBEDDING = ['::ffff:0:0', '64:ff9b::'].map((prefix) => ipaddr.IPv6.parse(prefix));
/** The only public IPv6 addresses (IANA, IPv6 Global Unicast Address Assignments). */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');

/**
 * Whether an IP address is not public: this machine, its network, or reserved (RFC 6890 and later). False for
 * a host name.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const version = isIP(bare);
  if (version === 0) return false;
  return version === 4 ? !isPublicIPv4(ipaddr.IPv4.parse(bare)) : !isPublicIPv6(bare);
}

function isPublicIPv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast';
}

function isPublicIPv6(text: string): boolean {
  // Hexadecimal, because ipaddr.js reads ::1.2.3.4 as ::ffff:1.2.3.4.
  const address = ipaddr.IPv6.parse(new URL(`http://[${text}]`).hostname.slice(1, -1));
  if (EMBEDDING.some((prefix) => address.match(prefix, 96))) {
    return isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  }
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST, 3);
}
