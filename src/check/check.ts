import { relative } from 'node:path';
import { readColumns } from '../audience/csv.js';
import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import type { SourceDocument } from '../document/document.js';
import { type FileError, ObnError } from '../findings/error.js';
import { compareFindings, type Finding } from '../findings/finding.js';
import type { Issue } from '../issue/issue.js';
import type { IssueFile } from '../issue/store.js';
import { anybody } from '../message/anybody.js';
import { type CompiledMessage, compileMessage } from '../message/compiled.js';
import { MessageWriter } from '../message/writer.js';
import { exists } from '../platform/files.js';
import { renderIssue } from '../render/render.js';
import type { RenderedIssue } from '../render/rendered.js';
import { positionIn, wordsAt } from './positions.js';
import type { IssueRule, NewsletterRule, Problem } from './rule.js';
import { Switches } from './switches.js';
import { issueRules, newsletterRules, SWITCHABLE } from './table.js';

/** The list that merge fields and recipients are checked against. */
export interface List {
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  /** Its columns; undefined when there is no such file. */
  readonly columns: readonly string[] | undefined;
}

/** Rules check the form of links only, so any key works. */
const UNSIGNED = 'a key that no endpoint takes';

/** @throws ObnError when the file cannot be read as a list. */
export async function openList(newsletter: Newsletter, file?: string): Promise<List> {
  const { path, name } = locateList(newsletter, file);
  return { path, name, columns: exists(path) ? await readColumns(path, name) : undefined };
}

/** A checked issue: its findings, and what was rendered for them. */
export interface CheckedIssue {
  readonly findings: Finding[];
  readonly rendered: RenderedIssue;
  readonly message: CompiledMessage;
}

interface IssueOptions {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether to check every row of the list; default: yes. */
  readonly rows?: boolean;
  /** The issue as it was rendered before; default: it is rendered. */
  readonly rendered?: RenderedIssue;
}

/** Finds everything that is wrong with one issue. */
export async function checkIssue(
  newsletter: Newsletter,
  file: IssueFile,
  issue: Issue,
  list: List,
  { now, rows = true, rendered: before }: IssueOptions,
): Promise<CheckedIssue> {
  const rendered = before ?? (await renderIssue(issue, newsletter));
  const message = compileMessage(rendered, newsletter.config);
  const final = new MessageWriter(message, { secret: UNSIGNED }).read(anybody(message));
  const facts = { newsletter, issue, rendered, message, final, now };
  const subject = { ...facts, list, columns: list.columns, fileNumber: file.number };
  const findings: Finding[] = [];
  for (const rule of issueRules) {
    if (!canRun(rule, list, rows)) continue;
    findings.push(...(await found(rule, rule.check(subject), issue.document)));
  }
  const own = new Switches(issue.document, SWITCHABLE);
  const on = stillOn(findings, newsletter, [own, new Switches(newsletter.document, SWITCHABLE)]);
  const unmet = rows ? own.unmet(independent(issueRules)) : [];
  return { findings: [...on, ...own.findings, ...unmet].sort(compareFindings), rendered, message };
}

interface NewsletterOptions {
  /** Whether to check every row of the list; default: yes. */
  readonly rows?: boolean;
  /** The numbers of all issues, including unreadable ones; default: the numbers of `issues`. */
  readonly numbers?: readonly number[];
}

/** Finds what is wrong with the newsletter as a whole: its configuration, its list, its series of issues. */
export async function checkNewsletter(
  newsletter: Newsletter,
  issues: readonly Issue[],
  openTheList: () => Promise<List>,
  { rows = true, numbers = issues.map(({ number }) => number) }: NewsletterOptions = {},
): Promise<{ findings: Finding[]; list: List }> {
  const { config, document } = newsletter;
  const findings: Finding[] = [];
  let list: List = { path: '', name: config.audience.file, columns: undefined };
  try {
    list = await openTheList();
    if (!list.columns && (!config.audience.ledger || locateList(newsletter).named))
      findings.push(missing(newsletter, list));
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    findings.push(unreadable(list, error));
  }
  for (const rule of newsletterRules) {
    if (!canRun(rule, list, rows)) continue;
    try {
      findings.push(
        ...(await found(
          rule,
          rule.check({ newsletter, issues, numbers, list, rules: SWITCHABLE }),
          document,
        )),
      );
    } catch (error) {
      if (!(error instanceof ObnError)) throw error;
      findings.push(unreadable(list, error));
    }
  }
  const own = new Switches(document, SWITCHABLE);
  const switches = [own, ...issues.map((issue) => new Switches(issue.document, SWITCHABLE))];
  const on = stillOn(findings, newsletter, switches);
  const unmet = rows ? switches.flatMap((one) => one.unmet(independent(newsletterRules))) : [];
  return { findings: [...on, ...own.findings, ...unmet].sort(compareFindings), list };
}

/** The most findings of one rule in one document: more do not help, and each takes time. */
const MOST = 200;

/** The problems that a rule reports, as findings. */
async function found(
  { name, severity: usual, remedy }: IssueRule | NewsletterRule,
  problems: Iterable<Problem> | AsyncIterable<Problem>,
  document: SourceDocument,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const { at, message, hint = remedy, severity = usual, in: place = document } of problems) {
    if (isDocument(place)) {
      if (findings.length === MOST) {
        const more = `only the first ${MOST} findings of this rule are shown`;
        findings.push(place.finding(severity, name, positionIn(place, at), more, hint));
        break;
      }
      findings.push(place.finding(severity, name, positionIn(place, at), wordsAt(at, message), hint));
    } else if (!('path' in at)) {
      findings.push({ file: place.file, ...at, severity, rule: name, message, hint });
    }
  }
  return findings;
}

function isDocument(place: NonNullable<Problem['in']>): place is SourceDocument {
  return 'finding' in place;
}

/** The findings of an issue without those that its author has switched off. */
export function withoutSwitchedOff(
  findings: readonly Finding[],
  newsletter: Newsletter,
  { document }: Issue,
): Finding[] {
  return stillOn(findings, newsletter, [new Switches(document, SWITCHABLE)]);
}

function stillOn(findings: readonly Finding[], { config }: Newsletter, switches: Switches[]): Finding[] {
  return findings.filter(
    (finding) =>
      !Object.hasOwn(config.check.off, finding.rule) && !switches.some((one) => one.isOff(finding)),
  );
}

function canRun({ needs }: IssueRule | NewsletterRule, { columns }: List, rows: boolean): boolean {
  return needs === undefined || (columns !== undefined && (needs === 'columns' || rows));
}

/** The names of the rules that do not depend on the current list. */
function independent(rules: readonly (IssueRule | NewsletterRule)[]): ReadonlySet<string> {
  return new Set(rules.filter(({ needs }) => needs === undefined).map(({ name }) => name));
}

/** The finding for a file that cannot be read, or a template with an error. */
export function fileFinding({ cwd }: Newsletter, error: FileError): Finding {
  const { path, line, rule, reason, hint } = error;
  const finding = {
    file: relative(cwd, path),
    line,
    column: 1,
    severity: 'error',
    rule,
    message: reason,
  } as const;
  return hint === undefined ? finding : { ...finding, hint };
}

function missing({ document }: Newsletter, { name }: List): Finding {
  const message = `there is no list ${name}, so merge fields and recipients were not checked`;
  const hint =
    'name another list with --list; if you keep the list elsewhere, switch this rule off under check.off';
  return document.finding('warning', 'list/missing', document.at(['audience', 'file']), message, hint);
}

/** The finding for an error about the list; the message of such an error begins with the place, if known. */
function unreadable(list: List, error: ObnError): Finding {
  const place = /:(\d+):(\d+) (.*)$/s.exec(error.message);
  const [line, column] = place ? [Number(place[1]), Number(place[2])] : [1, 1];
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  const message = place?.[3] ?? error.message;
  return { file: list.name, line, column, severity: 'error', rule: 'list/unreadable', message, ...hint };
}
