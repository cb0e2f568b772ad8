import { join } from 'node:path';
import type { Newsletter } from '../config/load.js';
import type { Config } from '../config/schema.js';
import type { Issue } from '../issue/issue.js';
import { listFolder, readText } from '../platform/files.js';
import type { Form } from '../templates/assets.js';
import { MAIL_PADDING, type SectionType } from '../templates/section.js';
import { htmlForm, textForm, type View } from './compose.js';
import { type Engine, loadEngine } from './engine.js';
import { fillText } from './fill.js';
import { type FormOptions, htmlWriter, textWriter } from './forms.js';
import { issueUrl, linkTags, pictureUrl, tagLink } from './links.js';
import { lookOf } from './look.js';
import { createMarkdown } from './markdown.js';
import { type Field, mergeText } from './merge.js';
import { compileMjml } from './mjml.js';
import { DATE_WIDTH, momentView } from './moment.js';
import { type Outline, outlineOf } from './outline.js';
import { measurePictures, type PictureFile, PictureView } from './pictures.js';
import type { Footnotes } from './plain.js';
import type { RenderedIssue } from './rendered.js';
import { RenderScope } from './scope.js';
import { Markers } from './slots.js';

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
  const pageSite = options.webPictures ?? site;
  const snippets = await readSnippets(root);
  const markers = new Markers(
    [issue.document.text, newsletter.document.text, ...snippets.values()].join('\n'),
  );
  const scope = new RenderScope(markers, constantsOf(issue, newsletter), snippets);
  const markdown = createMarkdown(scope);
  const engines = await loadEngines(issue, join(root, 'templates'));
  const { title, subject, preheader } = headOf(issue, config, scope);
  const outline = outlineOf(issue, scope, markdown);
  const files = await measurePictures(
    root,
    outline.pictures.map(({ src }) => src),
  );

  const shared = sharedView(issue, title, newsletter);
  const unsubscribe = config.unsubscribe.url
    ? markers.add({ kind: 'field', name: 'unsubscribe_url' })
    : undefined;
  const personal = { ...shared(site), subject, preheader, unsubscribe_url: unsubscribe };
  const tags = linkTags(config, (path) => scope.constant(path));
  const mail = mailOptions(newsletter, files, (href) => tagLink(href, tags));
  const page = pageOptions(newsletter, files, pageSite);
  const mark = `<mj-raw>${markers.mark}</mj-raw>`;
  const forMail = (type: SectionType) => htmlWriter(markdown, scope, mail(type));
  const mjml = htmlForm(issue, scope, engines.email, forMail, personal, mark);
  const compiling = compileMail(mjml, mark, issue, join(root, 'templates'));
  // It is awaited below; should something throw before, that is the error to tell.
  compiling.catch(() => undefined);
  // Loaded while MJML works.
  const [{ htmlContexts, textContexts }, { finishMail }] = await Promise.all([
    import('./contexts.js'),
    import('./parts.js'),
  ]);
  const forText = (type: SectionType, notes: () => Footnotes) =>
    textWriter(markdown, scope, mail(type), notes, type.name === 'events' ? DATE_WIDTH : undefined);
  const { text, sections } = textForm(issue, scope, engines.text, forText, title, personal);
  const publicView = { ...shared(pageSite), preheader };
  const web = htmlForm(
    issue,
    scope,
    engines.web,
    (type) => htmlWriter(markdown, scope, page(type)),
    publicView,
  );
  return {
    number: issue.number,
    subject: markers.split(subject, () => 'plain'),
    ...finishMail(issue, await compiling, markers),
    text: markers.split(text, textContexts(text)),
    textParts: sections.map((section) => markers.split(section, textContexts(section))),
    mjml: markers.resolve(mjml.replaceAll(mark, ''), written),
    web: fillText(markers.split(web, htmlContexts(web)), {}),
    outline: withFiles(outline, files),
    uses: scope.uses,
    problems: scope.problems,
  };
}

async function loadEngines(issue: Issue, overrides: string): Promise<Record<Form, Engine>> {
  const types = new Set<string>(issue.sections.map((section) => section.type));
  const load = (form: Form) => loadEngine(form, types, overrides);
  const [text, email, web] = await Promise.all([load('text'), load('email'), load('web')]);
  return { text, email, web };
}

/** What stands above the sections, with markers for its merge fields. */
function headOf(issue: Issue, config: Config, scope: RenderScope) {
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

/** @throws TemplateError that names the template, when MJML does not take what it has made. */
async function compileMail(mjml: string, mark: string, issue: Issue, overrides: string): Promise<string> {
  const made = await compileMjml(mjml);
  if ('html' in made) return made.html;
  const types = issue.sections.map(({ type }) => type);
  const { faultyTemplate } = await import('./faulty.js');
  throw await faultyTemplate(made.faults, { mjml, mark, types, overrides });
}

type Files = ReadonlyMap<string, PictureFile>;

/** How the mail is written: in a section of this type, no picture is wider than its column. */
function mailOptions({ config }: Newsletter, files: Files, link: FormOptions['link']) {
  const { newsletter, theme } = config;
  return forType(({ inset, level }) => {
    const column = theme.width - MAIL_PADDING - inset;
    const view = (source: string) =>
      new PictureView(pictureUrl(source, newsletter.url), files.get(source)?.image, column);
    // Programs that know no max-width go by the attribute; with a height beside it, others would distort the picture.
    const picture = (source: string) => ({ src: view(source).url, width: view(source).width });
    return { locale: newsletter, link, view, picture, level };
  });
}

/** The same options for every section of a type, so that what is made with them is made once. */
function forType(make: (type: SectionType) => FormOptions): (type: SectionType) => FormOptions {
  const made = new Map<SectionType, FormOptions>();
  return (type) => {
    const options = made.get(type) ?? make(type);
    made.set(type, options);
    return options;
  };
}

function pageOptions({ config }: Newsletter, files: Files, base: string) {
  const view = (source: string) => new PictureView(pictureUrl(source, base), files.get(source)?.image);
  const picture = (source: string) => {
    const { url, width, height } = view(source);
    return { src: url, width, height };
  };
  const link = (href: string) => href;
  return forType(({ level }) => ({ locale: config.newsletter, link, view, picture, level }));
}

function withFiles({ pictures, ...outline }: Outline, files: Files): Outline {
  const measured = pictures.map((picture) => {
    const file = files.get(picture.src);
    return file ? { ...picture, file } : picture;
  });
  return { ...outline, pictures: measured };
}

/** A merge field as it is written in a template. */
function written({ name, fallback }: Field): string {
  return fallback === undefined ? `{{${name}}}` : `{{default ${name} "${fallback}"}}`;
}

/** What `{{newsletter.…}}` and `{{issue.…}}` stand for. */
function constantsOf({ number, title, date, preheader }: Issue, { config }: Newsletter) {
  const url = issueUrl(config.newsletter.url, number);
  return { newsletter: config.newsletter, issue: { number, title, date, preheader, url } };
}

/** What every layout of an issue shows. */
function sharedView(issue: Issue, title: string, newsletter: Newsletter) {
  const { config } = newsletter;
  const url = issueUrl(config.newsletter.url, issue.number);
  const date = momentView(issue.date, config.newsletter);
  return (base: string): View => ({
    ...lookOf(newsletter, base),
    issue: { number: issue.number, title, url, date },
  });
}

async function readSnippets(root: string): Promise<Map<string, string>> {
  const folder = join(root, 'snippets');
  const names = (await listFolder(folder)).filter((name) => name.endsWith('.md'));
  const texts = names.map(async (name) => [name.slice(0, -3), await readText(join(folder, name))] as const);
  return new Map(await Promise.all(texts));
}
