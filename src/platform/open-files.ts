import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Permission bits of everyone but the owner. */
const OTHERS = 0o077;

/**
 * The paths that other users of this machine can access. A path in a private folder is not accessible.
 * Windows has no such modes.
 */
export function openToOthers(paths: readonly string[]): string[] {
  if (process.platform === 'win32') return [];
  return paths.filter((path) => isOpen(path) && isOpen(dirname(path)));
}

/** False for a missing path. */
function isOpen(path: string): boolean {
  try {
    return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0;
  } catch {
    return false;
  }
}
