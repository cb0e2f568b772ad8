import { fileURLToPath } from 'node:url';

const MODULE = fileURLToPath(new URL('moved-clock-module.js', import.meta.url));

/** What the environment of a process needs so that its time of day begins at another moment; ISO 8601 with an offset. */
export function clockAt(moment: string): Record<string, string> {
  return { NODE_OPTIONS: `--import=${MODULE}`, OBN_TEST_NOW: moment };
}
