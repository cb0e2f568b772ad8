/** Whether a host, as it stands in an address, is this machine itself. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|::1|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(host);
}
