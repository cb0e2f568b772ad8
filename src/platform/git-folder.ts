import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Where git keeps the repository that a folder belongs to, and where the folder is in it. */
export interface GitFolder {
  /** The folder of the repository, which all its worktrees share. */
  readonly path: string;
  /** The folder within the worktree, with `/` between its parts; empty for the top. */
  readonly within: string;
}

/** The repository of a folder, without calling git; undefined when there is none. */
export function gitFolder(folder: string): GitFolder | undefined {
  for (let top = resolve(folder); ; top = dirname(top)) {
    const path = repositoryAt(join(top, '.git'));
    if (path !== undefined) return { path, within: relative(top, resolve(folder)).split(sep).join('/') };
    if (dirname(top) === top) return undefined;
  }
}

/** In a worktree, and in a submodule, `.git` is a file that names the folder. */
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
