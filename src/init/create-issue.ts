import { join, relative } from 'node:path';
import { DateTime } from 'luxon';
import { withCampaign } from '../campaign/open-campaign.js';
import { type Newsletter, openNewsletter } from '../config/load.js';
import { usageError } from '../findings/error.js';
import { issueFileName, outlineFrom, outlineOf, scaffoldIssue, usualOutline } from '../issue/scaffold.js';
import { findIssueFile, issuesFolder, listIssueFiles, openIssue } from '../issue/store.js';
import { createFile } from '../platform/files.js';
import type { Host } from '../platform/host.js';
import { schemaFile, writeSchemas } from './schemas.js';

/** The content of a new issue. */
export interface IssueOutline {
  readonly title: string;
  /** ISO 8601 publication date; default: today in the time zone of the newsletter. */
  readonly date?: string | undefined;
  /** Section types; default: those of the issue `from`, or one of each usual type. */
  readonly sections?: readonly string[] | undefined;
  /** The number or path of an issue whose section types are copied. */
  readonly from?: string | undefined;
}

export interface NewIssue {
  readonly number: number;
  readonly title: string;
  readonly date: string;
  /** Its path, relative to the host's folder. */
  readonly file: string;
}

/** A new issue whose file is not written yet. */
export interface IssueDraft extends NewIssue {
  /** Absolute path. */
  readonly path: string;
  readonly text: string;
}

/** An issue with a number, and no file yet. */
export interface IssuePlan {
  readonly newsletter: Newsletter;
  readonly number: number;
  /** Composes the text without writing it. @throws ObnError (usage) for an unknown section type or issue. */
  draft(outline: IssueOutline): Promise<IssueDraft>;
  /** Writes a draft. @throws ObnError (usage) when the file exists. */
  write(draft: IssueDraft): Promise<NewIssue>;
}

/**
 * Plans the next issue of the newsletter in the host's folder.
 * @param wanted its number; default: one more than the highest number of a file or in the ledger
 * @param onNotice receives messages of the ledger, such as that its server is not reachable
 * @throws ObnError (usage) if the number is taken
 */
export async function planIssue(
  host: Host,
  wanted?: number,
  onNotice?: (text: string) => void,
): Promise<IssuePlan> {
  const newsletter = await openNewsletter(host.cwd, host.env);
  const numbers = (await listIssueFiles(newsletter)).map((file) => file.number);
  if (wanted !== undefined && numbers.includes(wanted)) throw usageError(`issue #${wanted} already exists`);
  const opening = { newsletter, create: false, onNotice };
  const lastSent = () => withCampaign(host, opening, ({ ledger }) => ledger.deliveries.lastIssue());
  const number = wanted ?? Math.max(0, ...numbers, await lastSent()) + 1;
  const draft = (outline: IssueOutline) => draftIssue(host, newsletter, number, outline);
  const write = (issue: IssueDraft) => writeDraft(newsletter, issue);
  return { newsletter, number, draft, write };
}

/** @returns why a text cannot be the title of an issue; undefined if it can */
export function titleProblem(text: string): string | undefined {
  return text.trim() !== '' && !/\p{Cc}/u.test(text) ? undefined : 'a title must be one line and not empty';
}

async function draftIssue(
  { cwd, clock }: Host,
  newsletter: Newsletter,
  number: number,
  { title: written, date: given, ...choice }: IssueOutline,
): Promise<IssueDraft> {
  const problem = titleProblem(written);
  if (problem !== undefined) throw usageError(problem);
  const title = written.trim();
  const { config, root } = newsletter;
  const today = DateTime.fromMillis(clock.now(), { zone: config.newsletter.timezone }).toFormat('yyyy-MM-dd');
  const date = given ?? today;
  const outline = await outlineFor(newsletter, choice);
  const author = config.newsletter.author?.name ?? config.from.name;
  const schema = `../${schemaFile('issue')}`;
  const text = await scaffoldIssue({ number, title, date, author, outline, schema });
  const path = join(issuesFolder(root), issueFileName(number, title));
  return { number, title, date, file: relative(cwd, path), path, text };
}

async function writeDraft({ root }: Newsletter, { path, text, ...issue }: IssueDraft): Promise<NewIssue> {
  if (!(await createFile(path, text)))
    throw usageError(`${issue.file} already exists`, 'nothing was changed');
  await writeSchemas(root);
  return issue;
}

async function outlineFor(
  newsletter: Newsletter,
  { sections, from }: Pick<IssueOutline, 'sections' | 'from'>,
) {
  if (sections) return outlineOf(sections);
  if (from === undefined) return usualOutline();
  return outlineFrom((await openIssue(await findIssueFile(newsletter, from))).sections);
}
