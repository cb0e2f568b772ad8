import { readColumns } from '../audience/csv.js';
import { locateList } from '../config/list.js';
import type { Newsletter } from '../config/load.js';
import { ObnError } from '../findings/error.js';
import { compareFindings, type Finding } from '../findings/finding.js';
import type { Issue } from '../issue/issue.js';
import type { IssueFile } from '../issue/store.js';
import { exists } from '../platform/files.js';
import { renderIssue } from '../render/render.js';
import type { RenderedIssue } from '../render/rendered.js';
import { issueRules, newsletterRules } from './table.js';

/** The list that merge fields and recipients are checked against. */
export interface List {
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  /** Its columns; undefined when there is no such file. */
  readonly columns: readonly string[] | undefined;
}

/** @throws ObnError when the list cannot be read as one. */
export async function openList(newsletter: Newsletter, file?: string): Promise<List> {
  const { path, name } = locateList(newsletter, file);
  return { path, name, columns: exists(path) ? await readColumns(path, name) : undefined };
}

/** Everything that is wrong with one issue, and the issue as it was rendered for that. */
export async function checkIssue(
  newsletter: Newsletter,
  file: IssueFile,
  issue: Issue,
  list: List,
): Promise<{ findings: Finding[]; rendered: RenderedIssue }> {
  const rendered = await renderIssue(issue, newsletter);
  const subject = { newsletter, issue, rendered, columns: list.columns, fileNumber: file.number };
  const findings: Finding[] = [];
  for (const rule of issueRules) for await (const finding of rule.check(subject)) findings.push(finding);
  return { findings: findings.sort(compareFindings), rendered };
}

/**
 * What is wrong with the newsletter as a whole: its configuration, its list, its issues as a row.
 * @param rows whether to look at every row of the list.
 */
export async function checkNewsletter(
  newsletter: Newsletter,
  issues: readonly Issue[],
  openTheList: () => Promise<List>,
  { rows = true }: { rows?: boolean } = {},
): Promise<{ findings: Finding[]; list: List }> {
  const { config } = newsletter;
  const findings: Finding[] = [];
  let list: List = { path: '', name: config.audience.file, columns: undefined };
  try {
    list = await openTheList();
    if (!list.columns) findings.push(missing(newsletter, list));
  } catch (error) {
    if (!(error instanceof ObnError)) throw error;
    findings.push(unreadable(list, error));
  }
  for (const rule of newsletterRules) {
    if (rule.readsList && !(rows && list.columns)) continue;
    try {
      for await (const finding of rule.check({ newsletter, issues, list })) findings.push(finding);
    } catch (error) {
      if (!(error instanceof ObnError)) throw error;
      findings.push(unreadable(list, error));
    }
  }
  return { findings: findings.sort(compareFindings), list };
}

function missing({ document }: Newsletter, { name }: List): Finding {
  const message = `there is no list ${name}; merge fields and recipients were not checked`;
  return document.finding('warning', 'list/missing', document.at(['audience', 'file']), message);
}

/** An error about the list as a finding; such errors begin with the place, if they know it. */
function unreadable(list: List, error: ObnError): Finding {
  const place = /:(\d+):(\d+) (.*)$/s.exec(error.message);
  const [line, column] = place ? [Number(place[1]), Number(place[2])] : [1, 1];
  const hint = error.hint === undefined ? {} : { hint: error.hint };
  const message = place?.[3] ?? error.message;
  return { file: list.name, line, column, severity: 'error', rule: 'list/unreadable', message, ...hint };
}
