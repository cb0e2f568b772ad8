import type { Newsletter } from '../config/load.js';
import type { Finding } from '../findings/finding.js';
import { findIssueFile, type IssueFile, listIssueFiles, readAllIssues } from '../issue/store.js';
import type { Host } from '../platform/host.js';
import type { Interruption } from '../platform/interrupt.js';
import { openList } from './check.js';
import { checkIssues, inOrder, type RenderedCheck } from './check-issues.js';
import type { LinkCheck, LinkProgress } from './network/check-links.js';
import type { SpamCheck, SpamProgress } from './spam/check-spam.js';

export interface CheckAllOptions {
  /** The list to check against; default: the list of obn.yaml. */
  readonly list?: string | undefined;
  /** Requests every link; `allowPrivate` includes links to this machine and its network. */
  readonly links?: { readonly allowPrivate?: boolean | undefined } | undefined;
  /** Lets SpamAssassin read each issue. */
  readonly spam?: boolean | undefined;
  /** Called before requests or SpamAssassin start; the signal stops them. Default: nothing stops them. */
  readonly interruptible?: () => Interruption;
  readonly onLink?: (progress: LinkProgress) => void;
  readonly onSpam?: (progress: SpamProgress) => void;
}

/** What `obn check` finds. */
export interface CheckResult {
  readonly findings: Finding[];
  /** How many issue files the newsletter has. */
  readonly issues: number;
  /** Where `links` was requested. */
  readonly links?: LinkCheck;
  /** Where `spam` was requested. */
  readonly spam?: SpamCheck;
}

/**
 * Checks a newsletter: its configuration, its list and its issues.
 * @param wanted numbers or paths of issues; none: all of them
 * @throws ObnError for an issue that does not exist, and when there is no network or no SpamAssassin.
 */
export async function checkAll(
  host: Pick<Host, 'env' | 'clock'>,
  newsletter: Newsletter,
  wanted: readonly string[],
  options: CheckAllOptions = {},
): Promise<CheckResult> {
  const all = await readAllIssues(newsletter);
  const chosen = await filesOf(newsletter, wanted);
  const { findings, checked } = await checkIssues(newsletter, all, {
    now: host.clock.now(),
    openList: () => openList(newsletter, options.list),
    ...(wanted.length > 0 && { only: chosen }),
  });
  const asked = await askOthers(host, newsletter, checked, options);
  const more = [...(asked.links?.findings ?? []), ...(asked.spam?.findings ?? [])];
  return { findings: inOrder([...findings, ...more]), issues: all.length, ...asked };
}

async function askOthers(
  { env, clock }: Pick<Host, 'env' | 'clock'>,
  newsletter: Newsletter,
  checked: readonly RenderedCheck[],
  options: CheckAllOptions,
): Promise<Pick<CheckResult, 'links' | 'spam'>> {
  const asked: { links?: LinkCheck; spam?: SpamCheck } = {};
  if (options.links) {
    const { allowPrivate } = options.links;
    const { checkLinks } = await import('./network/check-links.js');
    asked.links = await interruptible(options, (signal) =>
      checkLinks(newsletter, checked, { clock, signal, allowPrivate, onProgress: options.onLink }),
    );
  }
  if (options.spam) {
    const { checkSpam } = await import('./spam/check-spam.js');
    asked.spam = await interruptible(options, (signal) =>
      checkSpam(newsletter, checked, { clock, env, signal, onProgress: options.onSpam }),
    );
  }
  return asked;
}

async function interruptible<T>(
  options: CheckAllOptions,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const interruption = options.interruptible?.();
  try {
    return await work(interruption?.signal ?? new AbortController().signal);
  } finally {
    interruption?.dispose();
  }
}

async function filesOf(newsletter: Newsletter, wanted: readonly string[]): Promise<IssueFile[]> {
  if (wanted.length === 0) return listIssueFiles(newsletter);
  return Promise.all(wanted.map((one) => findIssueFile(newsletter, one)));
}
