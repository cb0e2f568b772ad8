import { join } from 'node:path';
import type { CommandContext } from '../commands/command.js';
import { type Newsletter, openNewsletter as open } from '../config/load.js';
import { progressOf } from '../delivery/state.js';
import { usageError } from '../findings/error.js';
import { findIssueFile, type IssueFile, issuesFolder, listIssueFiles } from '../issue/store.js';
import type { Ledger } from '../ledger/ledger.js';
import { type OpenOptions, openLedger as openByUrl } from '../ledger/table.js';
import { ledgerUrl as urlOf } from './ledger-address.js';

export function openNewsletter({ cwd, env }: CommandContext): Promise<Newsletter> {
  return open(cwd, env);
}

/** The ledger that the flag, the environment or the configuration names, in this order. */
export async function openLedger(
  newsletter: Newsletter,
  context: CommandContext,
  options: Pick<OpenOptions, 'create' | 'migrate' | 'sameClock' | 'patienceMs'> & {
    ledger?: string | undefined;
  },
): Promise<Ledger> {
  const notice = (text: string) => context.output.talk(text);
  const url = ledgerUrl(newsletter, context, options.ledger);
  return openByUrl(url, newsletter.root, { ...options, notice });
}

/** As {@link urlOf}, in the environment of a command. */
export function ledgerUrl(
  newsletter: Newsletter,
  { env }: Pick<CommandContext, 'env'>,
  given: string | undefined,
): string {
  return urlOf(newsletter, env, given);
}

/** The issue that is meant: by number or path, or the newest that has not been sent; never one before the last sent. */
export async function chooseIssue(
  newsletter: Newsletter,
  ledger: Ledger,
  wanted: string | undefined,
  now: number,
) {
  if (wanted !== undefined) return findOrRemember(newsletter, ledger, wanted);
  const files = await listIssueFiles(newsletter);
  const last = await ledger.lastIssue();
  for (const file of files.toReversed()) {
    if (file.number < last) break;
    const state = (await progressOf(ledger, file.number, now))?.state;
    if (state !== 'sent' && state !== 'partial') return findIssueFile(newsletter, String(file.number));
  }
  const none = files.length === 0;
  throw usageError(
    none ? 'there is no issue yet' : 'every issue has been sent',
    none ? 'write one with `obn new`' : 'name one by its number',
  );
}

/** The file of an issue; of one that the ledger knows, going on needs no file. */
async function findOrRemember(newsletter: Newsletter, ledger: Ledger, wanted: string): Promise<IssueFile> {
  try {
    return await findIssueFile(newsletter, wanted);
  } catch (error) {
    const number = Number(wanted.replace('#', ''));
    const known = Number.isInteger(number) && (await ledger.find(number, 'live'));
    if (known) return { number, path: issuesFolder(newsletter.root), name: `issue ${number}` };
    throw error;
  }
}

/** Where `obn render` writes an issue when nothing else is said. */
export function renderFolder({ root }: Newsletter, file: IssueFile): string {
  return join(root, '.obn', 'render', String(file.number).padStart(3, '0'));
}
