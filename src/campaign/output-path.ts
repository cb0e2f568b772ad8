import { relative, resolve } from 'node:path';
import { CONFIG_FILE, type Newsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import { isWithin, linkLocation, realLocation } from '../platform/location.js';
import { type Kept, keptBy, locations, type Owner } from './own-files.js';

/**
 * Makes sure that an output file is none of the newsletter's own, and is not published.
 * @param flag the option that names the file @param file its absolute path
 * @param named other paths that the same call names
 * @throws ObnError (usage) that says why not
 */
export function requireOutputFile(
  owner: Owner,
  flag: string,
  file: string,
  named: { readonly list?: string | undefined; readonly input?: string } = {},
): void {
  const { newsletter } = owner;
  const own = keptBy(owner, named.list);
  if (named.input !== undefined) own.push({ what: 'the file that is read', path: named.input });
  const at = linkLocation(file);
  const over = own.find((one) =>
    // SQLite keeps files of its own beside the ledger: ledger.db-wal, ledger.db-shm.
    locations(one).some((location) => at === location || isLedgerFile(one, location, at)),
  );
  const around = own.find(({ path, source }) => source && isWithin(realLocation(path), at));
  const reason = over ? `it is ${over.what}` : around && `it is in ${around.what}`;
  refuse(flag, relative(newsletter.cwd, file), reason ?? publishedReason(newsletter, at), 'file');
}

/**
 * Makes sure that an output folder contains no sources of the newsletter, and is not published.
 * @param flag the option that names the folder @param folder its absolute path
 * @throws ObnError (usage) that says why not
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
    'folder of its own',
  );
}

function isLedgerFile({ what }: Kept, ledger: string, at: string): boolean {
  return what === 'the ledger' && at.startsWith(`${ledger}-`);
}

/** What is written into the folder of the site is published with it. */
function publishedReason({ root, config }: Newsletter, at: string): string | undefined {
  const site = realLocation(resolve(root, config.archive.out));
  if (isWithin(site, realLocation(root)) || !isWithin(site, at)) return undefined;
  return `it is in the site (${config.archive.out}), and would be published`;
}

function refuse(flag: string, name: string, reason: string | undefined, instead: string): void {
  if (reason === undefined) return;
  throw usageError(`${flag} cannot be ${name}: ${reason}`, `nothing was written; name another ${instead}`);
}
