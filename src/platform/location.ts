import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** Where a path leads when links are followed. The end of the path need not exist. */
export function realLocation(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return linkLocation(path);
  }
}

/** Where a file is, or the link to it: only links to the folders above it are followed. */
export function linkLocation(path: string): string {
  const above = dirname(path);
  return above === path ? path : join(realLocation(above), basename(path));
}

/** Whether a location is a folder or something in it. */
export function isWithin(folder: string, location: string): boolean {
  return location === folder || location.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
