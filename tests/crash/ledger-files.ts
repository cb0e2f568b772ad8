import { type FSWatcher, statSync, watch } from 'node:fs';
import { join } from 'node:path';

/** What can be seen of a ledger from outside: that its files are written. */
export class LedgerFiles {
  private waits: (() => void)[] = [];
  private readonly watcher: FSWatcher;

  constructor(private readonly folder: string) {
    this.watcher = watch(folder, (_, name) => {
      if (!/^ledger\.db(-wal|-journal)?$/.test(name ?? '')) return;
      for (const act of this.waits.splice(0)) act();
    });
  }

  /** Calls back at the next write, the first of which makes the file. */
  whenWritten(act: () => void): void {
    this.waits.push(act);
  }

  /** The size of the write-ahead log, which does not shrink while a process is at it. */
  logBytes(): number {
    return statSync(join(this.folder, 'ledger.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
  }

  close(): void {
    this.watcher.close();
  }
}
