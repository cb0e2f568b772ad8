import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bits of a mode that let anybody but the owner in. */
const OTHERS = 0o077;

/**
 * Those of many paths, files or folders, that other users of this machine can reach. What is in a closed folder cannot
 * be reached. Windows has no such modes.
 */
export function openToOthers(paths: readonly string[]): string[] {
  if (process.platform === 'win32') return [];
  return paths.filter((path) => isOpen(path) && isOpen(dirname(path)));
}

/** Of what is not there, no. */
function isOpen(path: string): boolean {
  try {
    return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0;
  } catch {
    return false;
  }
}
