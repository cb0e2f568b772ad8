/** For files that hold addresses or secrets: no other user of the machine may read them. */
export const OWNER_ONLY = 0o600;
/** The same for a folder. */
export const OWNER_ONLY_FOLDER = 0o700;

/** Whether a path is in the folder that obn keeps for itself in a newsletter, where nothing is for other users. */
export function isOwn(path: string): boolean {
  return path.split(/[\\/]/).includes('.obn');
}
