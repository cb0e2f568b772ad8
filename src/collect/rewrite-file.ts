import { join } from 'node:path';
import { configurationError } from '../findings/error.js';
import { fileStamp, followLinks, makeFolder, readBytes, writeFile } from '../platform/files.js';
import { takeLock } from '../platform/lock.js';

const MAX_BYTES = 1024 * 1024;
const MAX_TRIES = 5;

/** Runs `work` while no other process collects links for this newsletter. */
export async function whileLocked<T>(root: string, work: () => Promise<T>): Promise<T> {
  const folder = join(root, '.obn');
  await makeFolder(folder);
  const release = await takeLock(join(folder, 'collect.lock'), () => undefined);
  try {
    return await work();
  } finally {
    await release();
  }
}

/** The text of a file with its line endings and its byte order mark. */
export async function readRaw(path: string): Promise<string> {
  const bytes = await readBytes(path, MAX_BYTES);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/**
 * Replaces a file by what `edit` makes of its text. An editor may save the file meanwhile; then `edit` gets the new text.
 * @param name the file as messages name it
 */
export async function rewriteFile<T extends { readonly text: string }>(
  path: string,
  name: string,
  edit: (raw: string) => T,
): Promise<T> {
  // A link to a file stays a link.
  const target = await followLinks(path);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const stamp = await fileStamp(target);
    const edited = edit(stamp === undefined ? '' : await readRaw(target));
    if ((await fileStamp(target)) !== stamp) continue;
    await writeFile(target, edited.text);
    return edited;
  }
  throw configurationError(`another program keeps writing ${name}, so obn added nothing`, {
    hint: 'run it again',
  });
}
