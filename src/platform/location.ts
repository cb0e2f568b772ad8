import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** The path with links resolved. Its end need not exist. */
export function realLocation(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return linkLocation(path);
  }
}

/** The path with links in its parent folders resolved, but not a link at its end. */
export function linkLocation(path: string): string {
  const above = dirname(path);
  return above === path ? path : join(realLocation(above), basename(path));
}

/** Whether a location is the folder or inside it. */
export function isWithin(folder: string, location: string): boolean {
  return location === folder || location.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
