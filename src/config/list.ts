import { relative, resolve } from 'node:path';
import type { Newsletter } from './load.js';

/** Where the list is: the one that is named, or that of the configuration. */
export function locateList({ root, cwd, config }: Newsletter, file?: string): { path: string; name: string } {
  const path = file === undefined ? resolve(root, config.audience.file) : resolve(cwd, file);
  return { path, name: relative(cwd, path) };
}
