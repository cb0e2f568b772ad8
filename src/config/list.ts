import { relative, resolve } from 'node:path';
import type { Newsletter } from './load.js';

export interface ListPlace {
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  /** Whether a person named it; otherwise it is where lists are by default. */
  readonly named: boolean;
}

/** Where the list is: the one that is named, or that of the configuration. */
export function locateList({ root, cwd, config, document }: Newsletter, file?: string): ListPlace {
  const { audience } = (document.value ?? {}) as { audience?: { file?: unknown } };
  const path = file === undefined ? resolve(root, config.audience.file) : resolve(cwd, file);
  return { path, name: relative(cwd, path), named: file !== undefined || audience?.file !== undefined };
}
