import { isLoopback } from '../platform/loopback.js';
import { isPrivateAddress } from '../platform/private.js';

/**
 * Whether a host of a URL is the same for everybody. RFC 6890 and related RFCs list special addresses, and RFC 6761,
 * RFC 6762 and RFC 8375 special names, that are different or unknown on other networks.
 */
export function isPublicHost(hostname: string): boolean {
  if (isLoopback(hostname)) return false;
  if (/^\[|^[\d.]+$/.test(hostname)) return !isPrivateAddress(hostname);
  return hostname.includes('.') && !/\.(local|localhost|internal|test|invalid|home\.arpa)\.?$/.test(hostname);
}
