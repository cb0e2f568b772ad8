import { type StatsFs, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Which file a path leads to, and how long it is. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
}

/** The file at a path, links followed; undefined when there is none, or it cannot be reached. */
export function fileIdentity(path: string): FileIdentity | undefined {
  try {
    const status = statSync(path, { bigint: true, throwIfNoEntry: false });
    return status && { device: status.dev, inode: status.ino, size: status.size };
  } catch {
    return undefined;
  }
}

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.device === other.device && one.inode === other.inode;
}

/** File systems of other machines, by the number that statfs(2) gives them on Linux. */
const NETWORK_FILE_SYSTEMS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x564c, 'NCP'],
]);

/**
 * The kind of network file system that a folder is on; undefined for a local one, and where the system does not say.
 * @param ask what statfs(2) says of the folder
 */
export function networkFileSystem(
  folder: string,
  ask: (folder: string) => Pick<StatsFs, 'type'> = statfsSync,
): string | undefined {
  // The numbers mean something else on other systems.
  if (process.platform !== 'linux') return undefined;
  try {
    return NETWORK_FILE_SYSTEMS.get(ask(folder).type >>> 0);
  } catch {
    // It is still to be made.
    const above = dirname(folder);
    return above === folder ? undefined : networkFileSystem(above, ask);
  }
}
