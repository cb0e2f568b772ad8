import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { whenTestFinished } from './finished.js';

const PROGRAM = `
import Libsql from 'libsql';
const database = new Libsql(process.argv[1]);
database.exec('begin immediate');
process.stdout.write('locked');
// Naming it here keeps it from being collected, and with it the lock.
process.stdin.resume().on('end', () => database.exec('rollback'));
`;

/** Starts a process that holds the write lock of a SQLite file. @returns how to end it */
export async function holdWriteLock(file: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  whenTestFinished(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end();
    await once(child, 'close');
  };
}
