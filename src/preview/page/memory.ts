const LAST_ADDRESS = 'obn-test-address';

/** The address that the last test went to. A browser that is told to keep nothing refuses even to be asked. */
export function lastAddress(): string {
  try {
    return localStorage.getItem(LAST_ADDRESS) ?? '';
  } catch {
    return '';
  }
}

export function rememberAddress(address: string): void {
  try {
    localStorage.setItem(LAST_ADDRESS, address);
  } catch {
    // Then it is typed again.
  }
}
