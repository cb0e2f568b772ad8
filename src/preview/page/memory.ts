const LAST_ADDRESS = 'obn-test-address';

/** Address of the last test. Reading storage throws in browsers that block it. */
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
    // Without storage, the address is not remembered.
  }
}
