/** Mode of files with addresses or secrets: readable by their owner only. */
export const OWNER_ONLY = 0o600;
/** Mode of folders with such files. */
export const OWNER_ONLY_FOLDER = 0o700;

/** Whether a path is in `.obn`, the private folder of a newsletter. */
export function isOwn(path: string): boolean {
  return path.split(/[\\/]/).includes('.obn');
}
