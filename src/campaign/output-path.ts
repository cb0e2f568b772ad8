import { join, relative, resolve } from 'node:path';
import { locateList } from '../config/list.js';
import { CONFIG_FILE, type Newsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import { issuesFolder } from '../issue/store.js';
import { ledgerFile } from '../ledger/table.js';
import { isWithin, linkLocation, realLocation } from '../platform/location.js';
import type { Environment } from '../platform/process.js';
import { ledgerUrl } from './ledger-address.js';
import type { Campaign } from './open-campaign.js';

/** A newsletter with the address of its ledger: no output may go over their files. */
type Owner = Pick<Campaign, 'newsletter' | 'ledgerUrl'>;

/**
 * The owner of a newsletter's files, where the ledger is not open. A ledger whose variable is not set is not needed.
 * @param given the ledger, instead of the one that OBN_LEDGER or obn.yaml names
 */
export function ownerOf(newsletter: Newsletter, env: Environment, given?: string): Owner {
  const isKnown = newsletter.has('ledger') || given;
  return { newsletter, ledgerUrl: isKnown ? ledgerUrl(newsletter, env, given) : newsletter.config.ledger };
}

/** A file or folder that a newsletter consists of, or that obn keeps for it. */
interface Kept {
  readonly what: string;
  readonly path: string;
  /** Whether people or git write what is in it, so that no output belongs there. */
  readonly source?: true;
}

function keptBy({ newsletter, ledgerUrl: url }: Owner, list?: string): Kept[] {
  const { root, config } = newsletter;
  const ledger = ledgerFile(url, root);
  return [
    { what: CONFIG_FILE, path: join(root, CONFIG_FILE) },
    { what: 'the list', path: locateList(newsletter).path },
    { what: 'the list', path: locateList(newsletter, list).path },
    ...(ledger === undefined ? [] : [{ what: 'the ledger', path: ledger }]),
    { what: 'the outbox', path: resolve(root, config.outbox.dir) },
    { what: '.obn/', path: join(root, '.obn') },
    { what: '.git/', path: join(root, '.git'), source: true },
    { what: 'issues/', path: issuesFolder(root), source: true },
    { what: 'snippets/', path: join(root, 'snippets'), source: true },
    { what: 'templates/', path: join(root, 'templates'), source: true },
  ];
}

/** Where something is, and where the link to it is. */
const locations = ({ path }: Kept) => [realLocation(path), linkLocation(path)];

/** @returns why the site cannot be built into a folder; undefined when it can */
export function siteFolderProblem(owner: Owner, out: string): string | undefined {
  const kept = keptBy(owner);
  const site = realLocation(out);
  const name = relative(owner.newsletter.cwd, out) || '.';
  const published = kept.filter((one) => locations(one).some((location) => isWithin(site, location)));
  if (published.length > 0) {
    const names = [...new Set(published.map(({ what }) => what))];
    return `the site cannot be in ${name}, which contains ${listed(names)}: everything in it would be published`;
  }
  const around = kept.find(
    ({ what, path, source }) => (source || what === '.obn/') && isWithin(realLocation(path), site),
  );
  return around && `the site cannot be in ${name}, which is in ${around.what}`;
}

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

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
