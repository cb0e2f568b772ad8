import { join, relative, resolve } from 'node:path';
import { ledgerUrl } from '../../campaign/open.js';
import { locateList } from '../../config/list.js';
import { CONFIG_FILE, type Newsletter } from '../../config/load.js';
import { usageError } from '../../findings/error.js';
import { issuesFolder } from '../../issue/store.js';
import { ledgerFile } from '../../ledger/table.js';
import { isWithin, linkLocation, realLocation } from '../../platform/location.js';
import type { CommandContext } from '../command.js';

/** Something that a newsletter consists of, or that obn keeps for it. */
interface Kept {
  readonly what: string;
  readonly path: string;
  /** Whether people, or git, write what is in it, so that a command has no business there. */
  readonly source?: true;
}

/** The paths that a call names beside those of obn.yaml. */
export interface NamedPaths {
  readonly list?: string | undefined;
  readonly ledger?: string | undefined;
}

function keptBy(newsletter: Newsletter, context: CommandContext, named: NamedPaths = {}): Kept[] {
  const { root, config } = newsletter;
  const url =
    newsletter.has('ledger') || named.ledger ? ledgerUrl(newsletter, context, named.ledger) : config.ledger;
  const ledger = ledgerFile(url, root);
  return [
    { what: CONFIG_FILE, path: join(root, CONFIG_FILE) },
    { what: 'the list', path: locateList(newsletter).path },
    { what: 'the list', path: locateList(newsletter, named.list).path },
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
export function siteFolderProblem(
  newsletter: Newsletter,
  context: CommandContext,
  out: string,
): string | undefined {
  const kept = keptBy(newsletter, context);
  const site = realLocation(out);
  const name = relative(context.cwd, out) || '.';
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
 * Makes sure that a file that a command writes is none of the newsletter's own, and is not published.
 * @throws ObnError (usage) that says why not
 */
export function requireOutputFile(
  newsletter: Newsletter,
  context: CommandContext,
  flag: string,
  file: string,
  named: NamedPaths & { readonly input?: string } = {},
): void {
  const own = keptBy(newsletter, context, named);
  if (named.input !== undefined) own.push({ what: 'the file that is read', path: named.input });
  const at = linkLocation(file);
  const over = own.find((one) =>
    // SQLite keeps files of its own beside the ledger: ledger.db-wal, ledger.db-shm.
    locations(one).some((location) => at === location || isLedgerFile(one, location, at)),
  );
  const around = own.find(({ path, source }) => source && isWithin(realLocation(path), at));
  const reason = over ? `it is ${over.what}` : around && `it is in ${around.what}`;
  refuse(flag, relative(context.cwd, file), reason ?? publishedReason(newsletter, at), 'file');
}

/**
 * Makes sure that a folder that a command writes into contains no sources of the newsletter, and is not published.
 * @throws ObnError (usage) that says why not
 */
export function requireOutputFolder(
  newsletter: Newsletter,
  context: CommandContext,
  flag: string,
  folder: string,
): void {
  const at = realLocation(folder);
  const own = keptBy(newsletter, context);
  const around = own.find(({ path, source }) => source && isWithin(realLocation(path), at));
  const isRoot = at === realLocation(newsletter.root);
  const reason = isRoot ? `it contains ${CONFIG_FILE}` : around && `it is in ${around.what}`;
  refuse(
    flag,
    relative(context.cwd, folder) || '.',
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
