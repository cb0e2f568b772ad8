import { join } from 'node:path';
import type { Newsletter } from '../config/load.js';
import type { Issue } from '../issue/issue.js';
import type { MergeField } from '../merge/expression.js';
import type { Form } from '../templates/assets.js';
import { MAIL_PADDING, type SectionType } from '../templates/section.js';
import { htmlSections, textForm } from './compose.js';
import { type Engine, loadEngine } from './engine.js';
import { type FormOptions, htmlWriter, textWriter } from './field-writers.js';
import { linkTags, pictureUrl, tagLink } from './links.js';
import { compileMjml } from './mjml.js';
import { type Outline, outlineOf } from './outline.js';
import { measurePictures, type PictureFile, PictureView } from './pictures.js';
import type { Footnotes } from './plain.js';
import { readSections } from './read-sections.js';
import { readSnippets, renderContextFor } from './render-context.js';
import type { RenderedIssue } from './rendered.js';
import { allFindings } from './text-findings.js';

/** Image location for the web page. The email always uses the newsletter's site. */
export interface RenderOptions {
  /** Base URL of images on the web page. Default: the newsletter's site. */
  readonly webPictures?: string;
}

/**
 * Renders an issue in every form. The preview, the archive, the checks and the send all use this function.
 * @throws ObnError when a template is invalid. Merge field errors are returned in `problems`.
 */
export async function renderIssue(
  issue: Issue,
  newsletter: Newsletter,
  options: RenderOptions = {},
): Promise<RenderedIssue> {
  const { config, root } = newsletter;
  const site = config.newsletter.url;
  const context = renderContextFor(issue, newsletter, await readSnippets(root));
  const { markers, values, head, shared } = context;
  const { title, subject, preheader } = head;
  const sections = readSections(issue, values);
  const engines = await loadEngines(issue, join(root, 'templates'));
  const outline = outlineOf(sections, markers);
  const files = await measurePictures(
    root,
    outline.pictures.map(({ src }) => src),
  );

  const unsubscribe = config.unsubscribe.url
    ? markers.add({ kind: 'field', name: 'unsubscribe_url' })
    : undefined;
  const own = (source: string) => pictureUrl(source, site);
  const personal = { ...shared(own), subject, preheader, unsubscribe_url: unsubscribe };
  const tags = linkTags(config, values.constant);
  const link = (href: string) => tagLink(href, tags);
  const mail = mailOptions(newsletter, files, link);
  const mark = `<mj-raw>${markers.mark}</mj-raw>`;
  const forMail = (type: SectionType) => htmlWriter(mail(type));
  const bodies = htmlSections(sections, markers, engines.email, forMail, personal).map(({ html }) => html);
  const mjml = engines.email.layout({ ...personal, sections: `${mark}${bodies.join(`\n${mark}`)}${mark}` });
  const compiling = compileMail(mjml, mark, issue, join(root, 'templates'));
  // Awaited below. If something else throws first, that error is reported.
  compiling.catch(() => undefined);
  // Loaded while MJML runs.
  const [{ textContexts }, { finishMail }, { pageOf }] = await Promise.all([
    import('./contexts.js'),
    import('./section-sizes.js'),
    import('./page.js'),
  ]);
  const forText = (type: SectionType, notes: Footnotes) => textWriter(mail(type), notes, type.itemIndent);
  const { text, sections: texts } = textForm(sections, engines.text, forText, link, title, personal);
  const picture = pagePicture(files, options.webPictures ?? site);
  const web = pageOf({ newsletter, context, sections, engine: engines.web, picture });
  const { uses, problems } = allFindings([head.findings, ...sections.map(({ findings }) => findings)]);
  return {
    number: issue.number,
    subject: markers.split(subject, () => 'plain'),
    ...finishMail(issue, await compiling, markers),
    text: markers.split(text, textContexts(text)),
    textParts: texts.map((section) => markers.split(section, textContexts(section))),
    mjml: markers.resolve(mjml.replaceAll(mark, ''), written),
    web: web.html(),
    outline: withFiles(outline, files),
    uses,
    problems,
  };
}

async function loadEngines(issue: Issue, overrides: string): Promise<Record<Form, Engine>> {
  const types = new Set<string>(issue.sections.map((section) => section.type));
  const load = (form: Form) => loadEngine(form, types, overrides);
  const [text, email, web] = await Promise.all([load('text'), load('email'), load('web')]);
  return { text, email, web };
}

/** @throws TemplateError that names the template with invalid MJML. */
async function compileMail(mjml: string, mark: string, issue: Issue, overrides: string): Promise<string> {
  const made = await compileMjml(mjml);
  if ('html' in made) return made.html;
  const types = issue.sections.map(({ type }) => type);
  const { templateError } = await import('./template-errors.js');
  throw await templateError(made.faults, { mjml, mark, types, overrides });
}

type Files = ReadonlyMap<string, PictureFile>;

/** Form options of the email: images are at most as wide as the column of the section type. */
function mailOptions({ config }: Newsletter, files: Files, link: FormOptions['link']) {
  const { newsletter, theme } = config;
  return ({ inset }: SectionType): FormOptions => {
    const column = theme.width - MAIL_PADDING - inset;
    const view = (source: string) =>
      new PictureView(pictureUrl(source, newsletter.url), files.get(source)?.image, column);
    // Mail programs without max-width use the width attribute. A height attribute would distort the image in
    // others.
    const picture = (source: string) => ({ src: view(source).url, width: view(source).width });
    return { locale: newsletter, link, view, picture };
  };
}

/** Image views for a page, with URLs below a base. */
export function pagePicture(files: Files, base: string): (source: string) => PictureView {
  return (source) => new PictureView(pictureUrl(source, base), files.get(source)?.image);
}

function withFiles({ pictures, ...outline }: Outline, files: Files): Outline {
  const measured = pictures.map((picture) => {
    const file = files.get(picture.src);
    return file ? { ...picture, file } : picture;
  });
  return { ...outline, pictures: measured };
}

/** A merge field as written in a template. */
function written({ name, fallback }: MergeField): string {
  return fallback === undefined ? `{{${name}}}` : `{{default ${name} "${fallback}"}}`;
}
