import { relative, resolve } from 'node:path';
import type { Newsletter } from './load.js';

export interface ListPlace {
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  /** Whether an option or obn.yaml names it; otherwise it is the default. */
  readonly named: boolean;
}

/** The place of the list: `file`, or the list in the configuration. */
export function locateList({ root, cwd, config, document }: Newsletter, file?: string): ListPlace {
  const { audience } = (document.value ?? {}) as { audience?: { file?: unknown } };
  const path = file === undefined ? resolve(root, config.audience.file) : resolve(cwd, file);
  return { path, name: relative(cwd, path), named: file !== undefined || audience?.file !== undefined };
}
