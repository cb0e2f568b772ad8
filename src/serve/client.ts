import { networkOf } from '../platform/network.js';

/**
 * The client network that rate limits count: an IPv4 address, or the /64 of an IPv6 address, which
 * belongs to one customer.
 * @param remote peer address of the connection.
 * @param forwarded the header X-Forwarded-For.
 * @param proxies number of trusted proxies in front of this service. Each appends the address of
 * its client, so entries further left could be forged.
 */
export function clientOf(remote: string, forwarded: string | undefined, proxies: number): string {
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim());
  const seen = proxies > 0 ? hops.at(-proxies) : undefined;
  return networkOf(seen ? bare(seen) : remote) ?? networkOf(remote) ?? 'unknown';
}

/** Removes the port that some proxies add. */
function bare(hop: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop;
}
