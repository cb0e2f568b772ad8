import { type StatsFs, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Identity and size of a file. */
export interface FileIdentity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: bigint;
}

/** The file at a path, with links followed; undefined if it does not exist or is not accessible. */
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

/** Network file systems, by their statfs(2) numbers on Linux. */
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
 * The type of network file system of a folder; undefined for a local or unknown file system.
 * @param ask statfs(2) for a folder
 */
export function networkFileSystem(
  folder: string,
  ask: (folder: string) => Pick<StatsFs, 'type'> = statfsSync,
): string | undefined {
  // The numbers have other meanings on other systems.
  if (process.platform !== 'linux') return undefined;
  try {
    return NETWORK_FILE_SYSTEMS.get(ask(folder).type >>> 0);
  } catch {
    // The folder does not exist yet.
    const above = dirname(folder);
    return above === folder ? undefined : networkFileSystem(above, ask);
  }
}
