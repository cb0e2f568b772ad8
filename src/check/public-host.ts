import { isLoopback } from '../platform/loopback.js';
import { isPrivateAddress } from '../platform/private.js';

/**
 * Whether a host, as it stands in an address, is the same one for everybody: RFC 6890 and its kin name addresses, and
 * RFC 6761, RFC 6762 and RFC 8375 names, that mean something else, or nothing, elsewhere.
 */
export function isPublicHost(hostname: string): boolean {
  if (isLoopback(hostname)) return false;
  if (/^\[|^[\d.]+$/.test(hostname)) return !isPrivateAddress(hostname);
  return hostname.includes('.') && !/\.(local|localhost|internal|test|invalid|home\.arpa)\.?$/.test(hostname);
}
