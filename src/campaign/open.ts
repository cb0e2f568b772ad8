import { join } from 'node:path';
import { type Newsletter, openNewsletter as open } from '../config/load.js';
import type { IssueFile } from '../issue/store.js';
import type { Ledger } from '../ledger/ledger.js';
import { type OpenOptions, openLedger as openByUrl } from '../ledger/table.js';
import type { Host } from '../platform/host.js';
import { chooseIssue as choose } from './choose-issue.js';
import { ledgerUrl as urlOf } from './ledger-address.js';

export function openNewsletter({ cwd, env }: Host): Promise<Newsletter> {
  return open(cwd, env);
}

/** The ledger that the flag, the environment or the configuration names, in this order. */
export async function openLedger(
  newsletter: Newsletter,
  context: Host & { readonly output: { talk(text: string): void } },
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
  { env }: Pick<Host, 'env'>,
  given: string | undefined,
): string {
  return urlOf(newsletter, env, given);
}

/** As {@link choose}. */
export function chooseIssue(newsletter: Newsletter, ledger: Ledger, wanted: string | undefined, now: number) {
  const clock = { now: () => now } as Host['clock'];
  return choose({ newsletter, ledger, host: { cwd: '', env: {}, clock } }, wanted);
}

/** Where `obn render` writes an issue when nothing else is said. */
export function renderFolder({ root }: Newsletter, file: IssueFile): string {
  return join(root, '.obn', 'render', String(file.number).padStart(3, '0'));
}
