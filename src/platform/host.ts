import type { Clock } from './clock.js';
import type { Environment } from './process.js';

/** What obn runs in: a folder, an environment and a clock. */
export interface Host {
  /** Absolute path of the folder that relative paths are meant from. */
  readonly cwd: string;
  readonly env: Environment;
  readonly clock: Clock;
}
