import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The git repository of a folder, and the path of the folder in it. */
export interface GitFolder {
  /** Git directory, shared by all worktrees. */
  readonly path: string;
  /** Path in the worktree, separated by `/`; empty for the root. */
  readonly within: string;
}

/** Finds the repository of a folder without running git; undefined if there is none. */
export function gitFolder(folder: string): GitFolder | undefined {
  for (let top = resolve(folder); ; top = dirname(top)) {
    const path = repositoryAt(join(top, '.git'));
    if (path !== undefined) return { path, within: relative(top, resolve(folder)).split(sep).join('/') };
    if (dirname(top) === top) return undefined;
  }
}

/** In a worktree or submodule, `.git` is a file that contains the path. */
function repositoryAt(path: string): string | undefined {
  try {
    if (existsSync(join(path, 'HEAD'))) return path;
    const [, named] = /^gitdir: (.+)$/m.exec(readFileSync(path, 'utf8')) ?? [];
    if (named === undefined) return undefined;
    const own = resolve(dirname(path), named.trim());
    const common = join(own, 'commondir');
    return existsSync(common) ? resolve(own, readFileSync(common, 'utf8').trim()) : own;
  } catch {
    return undefined;
  }
}
