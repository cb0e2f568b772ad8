import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import type Sharp from 'sharp';

const require = createRequire(import.meta.url);
let loaded: typeof Sharp | undefined;

/** Larger images are mistakes or decompression bombs. */
export const MAX_PIXELS = 100_000_000;

/** Default size of the libuv thread pool. */
const POOL = 4;

/** Number of images processed in parallel. */
export const PARALLEL = Math.min(POOL, availableParallelism());

/** The image library, loaded on first use. */
export function loadSharp(): typeof Sharp {
  if (loaded) return loaded;
  const sharp = require('sharp') as typeof Sharp;
  // Several images in parallel use the cores better than several threads per image. The cache is off because
  // no image is read twice.
  sharp.concurrency(Math.max(1, Math.floor(availableParallelism() / POOL)));
  sharp.cache(false);
  loaded = sharp;
  return sharp;
}

/** Size that social networks recommend, in pixels. */
export const CARD = { width: 1200, height: 630 } as const;
