import { join } from 'node:path';
import { locateList } from '../config/list.js';
import { CONFIG_FILE, type Newsletter } from '../config/load.js';
import { issuesFolder } from '../issue/store.js';
import { ledgerFile } from '../ledger/table.js';
import { linkLocation, realLocation } from '../platform/location.js';
import type { Environment } from '../platform/process.js';
import { transportKinds } from '../transport/table.js';
import { ledgerUrl } from './ledger-address.js';
import type { Campaign } from './open-campaign.js';

/** A newsletter and the address of its ledger, whose files no output may overwrite. */
export type Owner = Pick<Campaign, 'newsletter' | 'ledgerUrl'>;

/**
 * The owner of a newsletter's files, if the ledger is not open. A ledger whose variable is not set is ignored.
 * @param given the address of the ledger, instead of OBN_LEDGER or obn.yaml
 */
export function ownerOf(newsletter: Newsletter, env: Environment, given?: string): Owner {
  const isKnown = newsletter.has('ledger') || given;
  return { newsletter, ledgerUrl: isKnown ? ledgerUrl(newsletter, env, given) : newsletter.config.ledger };
}

/** A file or folder of a newsletter, or one that obn keeps for it. */
export interface Kept {
  readonly what: string;
  readonly path: string;
  /** Whether people or git write its content, so that no output belongs there. */
  readonly source?: true;
}

/**
 * Every file and folder of a newsletter that no output may overwrite.
 * @param list the list used instead of the one in obn.yaml; both are protected
 */
export function keptBy({ newsletter, ledgerUrl: url }: Owner, list?: string): Kept[] {
  const { root } = newsletter;
  const ledger = ledgerFile(url, root);
  return [
    { what: CONFIG_FILE, path: join(root, CONFIG_FILE) },
    { what: 'the list', path: locateList(newsletter).path },
    { what: 'the list', path: locateList(newsletter, list).path },
    ...(ledger === undefined ? [] : [{ what: 'the ledger', path: ledger }]),
    ...transportKinds.flatMap(({ files }) =>
      files ? [{ what: files.what, path: files.folder(newsletter) }] : [],
    ),
    { what: '.obn/', path: join(root, '.obn') },
    { what: '.git/', path: join(root, '.git'), source: true },
    { what: 'issues/', path: issuesFolder(root), source: true },
    { what: 'snippets/', path: join(root, 'snippets'), source: true },
    { what: 'templates/', path: join(root, 'templates'), source: true },
  ];
}

/** The real path, and the path of the link to it. */
export const locations = ({ path }: Kept) => [realLocation(path), linkLocation(path)];
