import { join } from 'node:path';
import slugify from 'slugify';
import type { Newsletter } from '../config/load.js';
import type { Issue } from '../issue/issue.js';
import { listFolder, readText } from '../platform/files.js';
import type { Form } from '../templates/assets.js';
import { sectionTypes } from '../templates/table.js';
import { type Engine, loadEngine } from './engine.js';
import { fillText } from './fill.js';
import { type FormOptions, htmlWriter, textWriter } from './forms.js';
import { issueUrl, linkTags, pictureUrl, tagLink } from './links.js';
import { createMarkdown } from './markdown.js';
import { type Field, mergeText } from './merge.js';
import { compileMjml } from './mjml.js';
import { DATE_WIDTH, momentView } from './moment.js';
import { outlineOf } from './outline.js';
import { Footnotes } from './plain.js';
import type { RenderedIssue } from './rendered.js';
import { RenderScope } from './scope.js';
import { Markers } from './slots.js';
import { type FieldWriter, viewOf } from './view.js';
import { wrap } from './wrap.js';

/** Where a picture of the web page is fetched from; the mail always uses the newsletter's site. */
export interface RenderOptions {
  /** What relative pictures of the web page are relative to. Default: the newsletter's site. */
  readonly webPictures?: string;
}

/**
 * Renders an issue in every form. This is the one way from an issue to what a reader sees: the preview, the archive,
 * the checks and the send all call it.
 * @throws ObnError when a template is wrong; what is wrong with merge fields is returned in `problems`.
 */
export async function renderIssue(
  issue: Issue,
  newsletter: Newsletter,
  options: RenderOptions = {},
): Promise<RenderedIssue> {
  const { config, root } = newsletter;
  const site = config.newsletter.url;
  const snippets = await readSnippets(root);
  const markers = new Markers(
    [issue.document.text, newsletter.document.text, ...snippets.values()].join('\n'),
  );
  const scope = new RenderScope(markers, constantsOf(issue, newsletter), snippets);
  scope.visit(['title']);
  const title = mergeText(issue.title, scope);
  const shared = sharedView(issue, title, newsletter);
  const types = new Set<string>(issue.sections.map((section) => section.type));
  const engine = (form: Form) => loadEngine(form, types, join(root, 'templates'));
  const locale = config.newsletter;
  const tags = linkTags(config, (path) => scope.constant(path));
  const mail: FormOptions = {
    locale,
    picture: (source) => pictureUrl(source, site),
    link: (href) => tagLink(href, tags),
  };
  const base = options.webPictures ?? site;
  const page: FormOptions = { locale, picture: (source) => pictureUrl(source, base), link: (href) => href };

  const markdown = createMarkdown(scope);
  const [textEngine, emailEngine, webEngine] = await Promise.all([
    engine('text'),
    engine('email'),
    engine('web'),
  ]);

  scope.visit(['subject']);
  const subject = mergeText(issue.subject ?? config.subject, scope);
  scope.visit(['preheader']);
  const preheader = mergeText(issue.preheader ?? '', scope);
  const unsubscribe = config.unsubscribe.url
    ? markers.add({ kind: 'field', name: 'unsubscribe_url' })
    : undefined;
  const personal = { ...shared(mail.picture), subject, preheader, unsubscribe_url: unsubscribe };

  const mark = `<mj-raw>${markers.mark}</mj-raw>`;
  const mjml = htmlForm(issue, scope, emailEngine, htmlWriter(markdown, scope, mail), personal, mark);
  const compiling = compileMjml(mjml, join(root, 'templates'));
  // It is awaited below; should something throw before, that is the error to tell.
  compiling.catch(() => undefined);
  // Loaded while MJML works.
  const [{ htmlContexts, textContexts }, { finishMail }] = await Promise.all([
    import('./contexts.js'),
    import('./parts.js'),
  ]);
  const { text, sections } = textForm(
    issue,
    scope,
    textEngine,
    (notes, type) => textWriter(markdown, scope, mail, notes, type === 'events' ? DATE_WIDTH : undefined),
    title,
    personal,
  );
  const publicView = { ...shared(page.picture), preheader };
  const web = htmlForm(issue, scope, webEngine, htmlWriter(markdown, scope, page), publicView);
  const outline = outlineOf(issue, scope, markdown);
  return {
    number: issue.number,
    subject: markers.split(subject, () => 'plain'),
    ...finishMail(issue, await compiling, markers),
    text: markers.split(text, textContexts(text)),
    textParts: sections.map((section) => markers.split(section, textContexts(section))),
    mjml: markers.resolve(mjml.replaceAll(mark, ''), written),
    web: fillText(markers.split(web, htmlContexts(web)), {}),
    outline,
    uses: scope.uses,
    problems: scope.problems,
  };
}

/** A merge field as it is written in a template. */
function written({ name, fallback }: Field): string {
  return fallback === undefined ? `{{${name}}}` : `{{default ${name} "${fallback}"}}`;
}

type View = Record<string, unknown>;

function htmlForm(
  issue: Issue,
  scope: RenderScope,
  engine: Engine,
  writer: FieldWriter,
  shared: View,
  mark = '',
): string {
  const anchors = new Set<string>();
  const views = sectionViews(issue, scope, writer);
  const sections = views.map(({ type, view }, index) => {
    const words = scope.plain(String(view.heading ?? view.name ?? type));
    const wanted = slugify(words, { lower: true, strict: true }) || type;
    const anchor = anchors.has(wanted) ? `${wanted}-${index + 1}` : wanted;
    anchors.add(anchor);
    return engine.section(type, { ...view, anchor, theme: shared.theme, start: shared.start });
  });
  return engine.layout({ ...shared, sections: `${mark}${sections.join(`\n${mark}`)}${mark}` });
}

function textForm(
  issue: Issue,
  scope: RenderScope,
  engine: Engine,
  writerWith: (notes: () => Footnotes, type: string) => FieldWriter,
  title: string,
  shared: View,
): { text: string; sections: string[] } {
  let notes = new Footnotes(1);
  const sections = issue.sections.map((section, index) => {
    notes = new Footnotes(notes.next);
    const writer = writerWith(() => notes, section.type);
    const [one] = sectionViews({ ...issue, sections: [section] }, scope, writer, index);
    const body = engine.section(section.type, { ...one?.view, theme: shared.theme });
    return [tidy(body), String(notes)].filter((part) => part !== '').join('\n\n');
  });
  const layout = engine.layout({ ...shared, sections: sections.join('\n\n\n'), title: wrap(title) });
  return { text: `${tidy(layout)}\n`, sections };
}

/** At most one empty line between paragraphs, two between sections, no space at the end of a line. */
function tidy(text: string): string {
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{4,}/g, '\n\n\n')
    .replace(/^\n+|\n+$/g, '');
}

function sectionViews(issue: Pick<Issue, 'sections'>, scope: RenderScope, writer: FieldWriter, first = 0) {
  return issue.sections.map((section, index) => {
    const schema = sectionTypes.find((type) => type.name === section.type)?.schema;
    const path = ['sections', first + index];
    const view = schema ? viewOf(schema, section, writer, (field) => scope.visit(field), path) : {};
    return { type: section.type, view: view as View };
  });
}

/** What `{{newsletter.…}}` and `{{issue.…}}` stand for. */
function constantsOf({ number, title, date, preheader }: Issue, { config }: Newsletter) {
  const url = issueUrl(config.newsletter.url, number);
  return { newsletter: config.newsletter, issue: { number, title, date, preheader, url } };
}

/** What every layout shows: the newsletter, the theme, the issue. */
function sharedView(issue: Issue, title: string, { config }: Newsletter) {
  const { newsletter, theme } = config;
  const url = issueUrl(newsletter.url, issue.number);
  const dir = /^(ar|arc|dv|fa|he|ku|ps|sd|ug|ur|yi)(-|$)/i.test(newsletter.language) ? 'rtl' : 'ltr';
  const picture = (source: string | undefined, base: (source: string) => string) => source && base(source);
  return (base: (source: string) => string): View => ({
    newsletter,
    dir,
    start: dir === 'rtl' ? 'right' : 'left',
    end: dir === 'rtl' ? 'left' : 'right',
    theme: { ...theme, logo: picture(theme.logo, base), logo_dark: picture(theme.logo_dark, base) },
    issue: { number: issue.number, title, url, date: momentView(issue.date, newsletter) },
    preheader_padding: '\u034f \u200c\u00a0'.repeat(60),
  });
}

async function readSnippets(root: string): Promise<Map<string, string>> {
  const folder = join(root, 'snippets');
  const names = (await listFolder(folder)).filter((name) => name.endsWith('.md'));
  const texts = names.map(async (name) => [name.slice(0, -3), await readText(join(folder, name))] as const);
  return new Map(await Promise.all(texts));
}
