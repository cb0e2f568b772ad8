import { join } from 'node:path';
import type { Newsletter } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { Issue } from '../issue/issue.js';
import { listFolder, readText } from '../platform/files.js';
import type { SectionType } from '../templates/section.js';
import type { View } from './compose.js';
import { dateView } from './date-view.js';
import type { FormOptions } from './field-writers.js';
import { issueUrl } from './links.js';
import { createMarkdown, type Markdown } from './markdown.js';
import { mergeText } from './merge.js';
import { RenderScope } from './scope.js';
import { Markers } from './slots.js';
import { themeView } from './theme-view.js';

/** What every form of one issue is made with. */
export interface RenderContext {
  readonly markers: Markers;
  readonly scope: RenderScope;
  readonly markdown: Markdown;
  /** What stands above the sections, with markers for its merge fields. */
  readonly head: { readonly title: string; readonly subject: string; readonly preheader: string };
  /** What every layout shows. @param picture the address of one, such as the logo */
  shared(picture: (source: string) => string): View;
}

/** @param snippets Markdown by name; see {@link readSnippets} */
export function renderContextFor(
  issue: Issue,
  newsletter: Newsletter,
  snippets: ReadonlyMap<string, string>,
): RenderContext {
  const texts = [issue.document.text, newsletter.document.text, ...snippets.values()];
  const markers = new Markers(texts.join('\n'));
  const scope = new RenderScope(markers, constantsOf(issue, newsletter), snippets);
  const head = headOf(issue, newsletter.config, scope);
  const shared = (picture: (source: string) => string) => ({
    ...themeView(newsletter, picture),
    ...issueView(issue, head.title, newsletter),
  });
  return { markers, scope, markdown: createMarkdown(scope), head, shared };
}

function headOf(issue: Issue, config: Config, scope: RenderScope): RenderContext['head'] {
  const filled = (field: string, text: string) => {
    scope.visit([field]);
    return mergeText(text, scope);
  };
  return {
    title: filled('title', issue.title),
    subject: filled('subject', issue.subject ?? config.subject),
    preheader: filled('preheader', issue.preheader ?? ''),
  };
}

/** What `{{newsletter.…}}` and `{{issue.…}}` stand for. */
function constantsOf({ number, title, date, preheader }: Issue, { config }: Newsletter) {
  const url = issueUrl(config.newsletter.url, number);
  return { newsletter: config.newsletter, issue: { number, title, date, preheader, url } };
}

function issueView({ number, date }: Issue, title: string, { config: { newsletter } }: Newsletter): View {
  return {
    issue: { number, title, url: issueUrl(newsletter.url, number), date: dateView(date, newsletter) },
  };
}

/** The same options for every section of a type, so that what is made with them is made once. */
export function forType(make: (type: SectionType) => FormOptions): (type: SectionType) => FormOptions {
  const made = new Map<SectionType, FormOptions>();
  return (type) => {
    const options = made.get(type) ?? make(type);
    made.set(type, options);
    return options;
  };
}

/** The Markdown of the snippets of a newsletter, by name. */
export async function readSnippets(root: string): Promise<Map<string, string>> {
  const folder = join(root, 'snippets');
  const names = (await listFolder(folder)).filter((name) => name.endsWith('.md'));
  const texts = names.map(async (name) => [name.slice(0, -3), await readText(join(folder, name))] as const);
  return new Map(await Promise.all(texts));
}
