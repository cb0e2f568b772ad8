import type { Clock } from './clock.js';
import type { Environment } from './process.js';

/** Surroundings of a command: working directory, environment and clock. */
export interface Host {
  /** Absolute path that relative paths are resolved against. */
  readonly cwd: string;
  readonly env: Environment;
  readonly clock: Clock;
}
