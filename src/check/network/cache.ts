import { z } from 'zod';
import { ObnError } from '../../findings/error.js';
import { readText, writeFile } from '../../platform/files.js';

/** How long a good answer is valid, in milliseconds. */
const FRESH_MS = 24 * 3_600_000;
/** Keeps the file well below the largest size that obn reads. */
const MAX_ENTRIES = 4_000;
const MAX_ADDRESS = 200;

const schema = z.object({
  version: z.literal(1),
  good: z.array(z.tuple([z.string(), z.int()])),
});

/** The addresses with a good answer, and its time in milliseconds since 1970. */
export type GoodAnswers = ReadonlyMap<string, number>;

/** Reads the answers that are still fresh; a missing or invalid file has none. */
export async function readGood(path: string, now: number): Promise<Map<string, number>> {
  try {
    const { good } = schema.parse(JSON.parse(await readText(path)));
    return new Map(good.filter(([, at]) => isFresh(at, now)));
  } catch (error) {
    if (error instanceof ObnError || error instanceof SyntaxError || error instanceof z.ZodError)
      return new Map();
    throw error;
  }
}

/** Keeps the newest good answers. If the file cannot be written, the next check only makes more requests. */
export async function writeGood(path: string, good: GoodAnswers, now: number): Promise<void> {
  const entries = [...good]
    .filter(([address, at]) => address.length <= MAX_ADDRESS && isFresh(at, now))
    .sort(([, a], [, b]) => b - a)
    .slice(0, MAX_ENTRIES);
  try {
    await writeFile(path, `${JSON.stringify({ version: 1, good: entries })}\n`);
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
  }
}

function isFresh(at: number, now: number): boolean {
  return at <= now && now - at < FRESH_MS;
}
