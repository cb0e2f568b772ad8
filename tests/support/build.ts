import { execFileSync } from 'node:child_process';

/** Tests of the command line run what is built, so it is built from what stands there now. */
export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.js'], { stdio: 'inherit' });
}
