/** Whether the host of a URL is this machine. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|::1|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(host);
}
