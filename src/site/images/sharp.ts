import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type Sharp from 'sharp';

const require = createRequire(import.meta.url);
let loaded: typeof Sharp | undefined;

/** What is larger is no picture for a page but a mistake, or a bomb. */
export const MAX_PIXELS = 100_000_000;

/** What libuv lets run at once unless the environment says otherwise. */
const POOL = 4;

/** How many pictures are worked on at once. */
export const PARALLEL = Math.min(POOL, availableParallelism());

/** The library for pictures, which is loaded when there is something to do for it. */
export function loadSharp(): typeof Sharp {
  if (loaded) return loaded;
  const sharp = require('sharp') as typeof Sharp;
  // Several pictures at a time keep the cores busier than several threads for one, and none is asked for twice.
  sharp.concurrency(Math.max(1, Math.floor(availableParallelism() / POOL)));
  sharp.cache(false);
  loaded = sharp;
  return sharp;
}

/** What networks that show links ask for, in pixels. */
export const CARD = { width: 1200, height: 630 } as const;
