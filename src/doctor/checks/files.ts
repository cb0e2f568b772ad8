import { join, relative } from 'node:path';
import { witnessFolders } from '../../delivery/witness-store.js';
import { openToOthers } from '../../platform/open-files.js';
import { transportKinds } from '../../transport/table.js';
import { type Examination, failed, passed } from '../examination.js';

export const files: Examination = {
  name: 'files',
  summary: 'other users of this machine cannot read the ledger, reports, the outbox and other files of obn',
  network: false,
  async examine({ newsletter, ledgerFile }) {
    const { root } = newsletter;
    const ledger = known(ledgerFile);
    const ledgerFiles = ledger === undefined ? [] : ['', '-wal', '-shm'].map((end) => `${ledger}${end}`);
    const own = [
      join(root, '.obn'),
      ...transportKinds.flatMap(({ files }) => files?.folder(newsletter) ?? []),
      ...witnessFolders(root),
      ...ledgerFiles,
    ];
    const open = openToOthers(own).filter((path, index, all) => all.indexOf(path) === index);
    if (open.length === 0) return passed('no file of obn is readable by other users');
    const names = open.map((path) => relative(root, path));
    const quoted = open.map((path) => `'${path.replaceAll("'", "'\\''")}'`);
    return failed(
      `other users of this machine can read ${names.join(', ')}`,
      `make them private: chmod -R go-rwx ${quoted.join(' ')}`,
    );
  },
};

/** The ledger check reports an unknown ledger address. */
function known(ledgerFile: () => string | undefined): string | undefined {
  try {
    return ledgerFile();
  } catch {
    return undefined;
  }
}
