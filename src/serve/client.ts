import { networkOf } from '../platform/network.js';

/**
 * The network that a request comes from, as it is counted: an IPv4 address, or the /64 of an IPv6 address, of which one
 * customer has all.
 * @param remote the address at the other end of the connection.
 * @param forwarded the header X-Forwarded-For.
 * @param proxies how many proxies of one's own stand before this service; each adds the address that it was asked from,
 *   so that what stands further to the left is only what somebody claims.
 */
export function clientOf(remote: string, forwarded: string | undefined, proxies: number): string {
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim());
  const seen = proxies > 0 ? hops.at(-proxies) : undefined;
  return networkOf(seen ? bare(seen) : remote) ?? networkOf(remote) ?? 'unknown';
}

/** Some proxies write the port, too. */
function bare(hop: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}
