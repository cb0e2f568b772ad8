import pLimit from 'p-limit';
import type { Newsletter } from '../config/load.js';
import { EXIT, ObnError, usageError } from '../findings/error.js';
import { planIssue } from '../init/create-issue.js';
import { type ReadIssue, readAllIssues } from '../issue/store.js';
import type { Host } from '../platform/host.js';
import { type AddLinksResult, addToText } from './add-to-text.js';
import { appendToInbox } from './append-links.js';
import { urlKey } from './clean-url.js';
import { type FetchOptions, fetchPage } from './fetch-page.js';
import { EMPTY_INBOX } from './inbox.js';
import { type CollectedLink, linkFrom } from './link.js';
import { appenderFor } from './links-section.js';
import { readUrls } from './read-urls.js';
import { readRaw, rewriteFile, whileLocked } from './rewrite-file.js';
import { chooseTarget, type Target } from './target.js';

export interface AddLinksOptions {
  /** The number or path of an issue; default: the newest draft. */
  readonly to?: string | undefined;
  /** The heading of the section; it is created if it does not exist. */
  readonly section?: string | undefined;
  /** Markdown for each link. */
  readonly note?: string | undefined;
  /** Adds to links.yaml, even if there is a draft. */
  readonly inbox?: boolean | undefined;
  /** Whether addresses of this machine and its network are requested. */
  readonly allowPrivate?: boolean | undefined;
  /** Finds out what would be added, and writes nothing. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives what the ledger says when it is asked for the number of a new issue. */
  readonly onNotice?: ((text: string) => void) | undefined;
  /** How pages are requested; default: with the limits of this program. */
  readonly requests?: Pick<FetchOptions, 'limits' | 'read'> | undefined;
}

const AT_ONCE = 4;

/**
 * Reads web pages and adds them to the links of an issue, or to the inbox.
 * @throws ObnError, with nothing written: for an invalid or private address, when interrupted, or for a file with errors
 */
export async function addLinks(
  host: Host,
  newsletter: Newsletter,
  texts: readonly string[],
  options: AddLinksOptions = {},
): Promise<AddLinksResult> {
  requireSense(options);
  const urls = readUrls(texts);
  // Before any request, so that a broken file is reported immediately.
  await chooseTarget(newsletter, await readAllIssues(newsletter), options);
  const links = await collect(host, urls, options);
  const work = async () => {
    const issues = await readAllIssues(newsletter);
    const target = await chooseTarget(newsletter, issues, options);
    return write(host, { links, issues, target, options });
  };
  return options.dryRun ? work() : whileLocked(newsletter.root, work);
}

/** @throws ObnError (usage) for options that no issue can contain, or that exclude each other */
function requireSense({ to, section, note, inbox }: AddLinksOptions): void {
  if (inbox && (to !== undefined || section !== undefined)) {
    throw usageError('links.yaml has no issues and no sections', 'leave out --to and --section, or --inbox');
  }
  if (section !== undefined && !/^(?=.*\S)\P{Cc}+$/u.test(section)) {
    throw usageError('a heading is one line of text', 'write it as in: --section "Worth reading"');
  }
  if (note?.trim() === '') throw usageError('the note is empty', 'write one, or leave out --note');
}

async function collect(
  { clock }: Host,
  urls: readonly URL[],
  { allowPrivate, note, requests, signal = new AbortController().signal }: AddLinksOptions,
): Promise<CollectedLink[]> {
  const limit = pLimit(AT_ONCE);
  const fetching = { clock, signal, allowPrivate, ...requests };
  const pages = await Promise.all(urls.map((url) => limit(() => fetchPage(url, fetching))));
  if (signal.aborted) throw new ObnError(EXIT.stopped, 'stopped; obn added nothing');
  const links = pages.map((page) => {
    if (page.kind !== 'private') return linkFrom(page, note);
    const { url, target } = page;
    const what = url.href === target.href ? url.href : `${url.href} redirects to ${target.href}, which`;
    const hint = 'readers cannot open it; to add it anyway, use --allow-private';
    throw usageError(`${what} is on a private network, so obn added nothing`, hint);
  });
  return [...new Map(links.map((link) => [urlKey(link.item.url), link])).values()];
}

interface Writing {
  readonly links: readonly CollectedLink[];
  readonly issues: readonly ReadIssue[];
  readonly target: Target;
  readonly options: AddLinksOptions;
}

async function write(host: Host, writing: Writing): Promise<AddLinksResult> {
  const { issues, target, options } = writing;
  const append = await appenderFor(issues, options.section);
  if (target.kind === 'new') {
    const plan = await planIssue(host, undefined, options.onNotice);
    const draft = await plan.draft({ title: `Issue ${plan.number}` });
    const edited = addToText(draft.file, draft.text, writing, append);
    if (!options.dryRun) await plan.write({ ...draft, text: edited.text });
    return { ...edited.result, created: plan.number };
  }
  const { path, name } = target.kind === 'issue' ? target.file : target.inbox;
  const edit = (raw: string) =>
    target.kind === 'issue'
      ? addToText(name, raw, writing, append)
      : addToText(name, raw === '' ? EMPTY_INBOX : raw, writing, appendToInbox);
  if (!options.dryRun) return (await rewriteFile(path, name, edit)).result;
  return edit(target.kind === 'inbox' && !target.inbox.exists ? '' : await readRaw(path)).result;
}
