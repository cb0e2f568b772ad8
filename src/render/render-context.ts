import { join } from 'node:path';
import type { Newsletter } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { Issue } from '../issue/issue.js';
import { listFolder, readText } from '../platform/files.js';
import type { View } from './compose.js';
import { dateView } from './date-view.js';
import { issueUrl } from './links.js';
import { Markers } from './markers.js';
import { type MergeValues, mergeText, mergeValues } from './merge-text.js';
import { allFindings, inField, type TextFindings } from './text-findings.js';
import { themeView } from './theme-view.js';

/** Shared inputs of all forms of one issue. */
export interface RenderContext {
  readonly markers: Markers;
  readonly values: MergeValues;
  readonly head: Head;
  /** Values for every layout. @param picture URL of an image, such as the logo */
  shared(picture: (source: string) => string): View;
}

/** Texts above the sections, with merge field markers. */
interface Head {
  readonly title: string;
  readonly subject: string;
  readonly preheader: string;
  readonly findings: TextFindings;
}

/** @param snippets Markdown by name; see {@link readSnippets} */
export function renderContextFor(
  issue: Issue,
  newsletter: Newsletter,
  snippets: ReadonlyMap<string, string>,
): RenderContext {
  const texts = [issue.document.text, newsletter.document.text, ...snippets.values()];
  const markers = new Markers(texts.join('\n'));
  const values = mergeValues(markers, constantsOf(issue, newsletter), snippets);
  const head = headOf(issue, newsletter.config, values);
  const shared = (picture: (source: string) => string) => ({
    ...themeView(newsletter, picture),
    ...issueView(issue, head.title, newsletter),
  });
  return { markers, values, head, shared };
}

function headOf(issue: Issue, config: Config, values: MergeValues): Head {
  const title = mergeText(issue.title, values);
  const subject = mergeText(issue.subject ?? config.subject, values);
  const preheader = mergeText(issue.preheader ?? '', values);
  const findings = allFindings([
    inField(['title'], title.findings),
    inField(['subject'], subject.findings),
    inField(['preheader'], preheader.findings),
  ]);
  return { title: title.text, subject: subject.text, preheader: preheader.text, findings };
}

/** Values of `{{newsletter.…}}` and `{{issue.…}}`. */
function constantsOf({ number, title, date, preheader }: Issue, { config }: Newsletter) {
  const url = issueUrl(config.newsletter.url, number);
  return { newsletter: config.newsletter, issue: { number, title, date, preheader, url } };
}

function issueView({ number, date }: Issue, title: string, { config: { newsletter } }: Newsletter): View {
  return {
    issue: { number, title, url: issueUrl(newsletter.url, number), date: dateView(date, newsletter) },
  };
}

/** Reads the snippets of a newsletter: Markdown by name. */
export async function readSnippets(root: string): Promise<Map<string, string>> {
  const folder = join(root, 'snippets');
  const names = (await listFolder(folder)).filter((name) => name.endsWith('.md'));
  const texts = names.map(async (name) => [name.slice(0, -3), await readText(join(folder, name))] as const);
  return new Map(await Promise.all(texts));
}
