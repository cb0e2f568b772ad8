import { relative, resolve } from 'node:path';
import { CONFIG_FILE, type Newsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import { isWithin, linkLocation, realLocation } from '../platform/location.js';
import { type Kept, keptBy, locations, type Owner } from './own-files.js';

/**
 * Refuses an output file that would overwrite a file of the newsletter or be published.
 * @param flag the option that names the file @param file its absolute path
 * @param named other paths of the same command line
 * @throws ObnError (usage) with the reason
 */
export function requireOutputFile(
  owner: Owner,
  flag: string,
  file: string,
  named: { readonly list?: string | undefined; readonly input?: string } = {},
): void {
  const { newsletter } = owner;
  const own = keptBy(owner, named.list);
  if (named.input !== undefined) own.push({ what: 'the input file', path: named.input });
  const at = linkLocation(file);
  const over = own.find((one) =>
    // SQLite keeps its own files beside the ledger: ledger.db-wal, ledger.db-shm.
    locations(one).some((location) => at === location || isLedgerFile(one, location, at)),
  );
  const around = own.find(({ path, source }) => source && isWithin(realLocation(path), at));
  const reason = over ? `it is ${over.what}` : around && `it is in ${around.what}`;
  refuse(flag, relative(newsletter.cwd, file), reason ?? publishedReason(newsletter, at), 'file');
}

/**
 * Refuses an output folder that contains sources of the newsletter or would be published.
 * @param flag the option that names the folder @param folder its absolute path
 * @throws ObnError (usage) with the reason
 */
export function requireOutputFolder(owner: Owner, flag: string, folder: string): void {
  const { newsletter } = owner;
  const at = realLocation(folder);
  const own = keptBy(owner);
  const around = own.find(({ path, source }) => source && isWithin(realLocation(path), at));
  const isRoot = at === realLocation(newsletter.root);
  const reason = isRoot ? `it contains ${CONFIG_FILE}` : around && `it is in ${around.what}`;
  refuse(
    flag,
    relative(newsletter.cwd, folder) || '.',
    reason ?? publishedReason(newsletter, at),
    'separate folder',
  );
}

function isLedgerFile({ what }: Kept, ledger: string, at: string): boolean {
  return what === 'the ledger' && at.startsWith(`${ledger}-`);
}

/** Files in the site folder are published. */
function publishedReason({ root, config }: Newsletter, at: string): string | undefined {
  const site = realLocation(resolve(root, config.archive.out));
  if (isWithin(site, realLocation(root)) || !isWithin(site, at)) return undefined;
  return `it is in the site folder (${config.archive.out}) and would be published`;
}

function refuse(flag: string, name: string, reason: string | undefined, instead: string): void {
  if (reason === undefined) return;
  throw usageError(`${flag} cannot be ${name}: ${reason}`, `nothing was written; use another ${instead}`);
}
