import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type Handlebars from 'handlebars';
import { messageOf, ObnError, TemplateError } from '../findings/error.js';
import { exists, readText } from '../platform/files.js';
import {
  FORMS,
  type Form,
  type NOTICES,
  PARTIALS,
  type READER_PAGES,
  type SitePage,
  TEMPLATE_ROOT,
} from '../templates/assets.js';
import { createHandlebars } from './handlebars.js';

/** The templates of one form, compiled. */
export interface Engine {
  section(type: string, view: object): string;
  layout(view: object): string;
  /** One of the pages that were asked for. */
  page(name: SitePage, view: object): string;
}

type Precompiled = Readonly<Record<string, TemplateSpecification>>;

/** What the build makes of the templates; where nothing was built, they are compiled when they are needed. */
const PRECOMPILED = join(TEMPLATE_ROOT, 'precompiled.js');

/**
 * Loads the templates that an issue needs, each from the newsletter's own folder where it has one of the same name.
 * @param overrides the folder templates/ of the newsletter.
 * @param pages those of the archive that are needed too
 * @throws TemplateError when it cannot be compiled or filled.
 */
export async function loadEngine(
  form: Form,
  types: ReadonlySet<string>,
  overrides: string,
  pages: readonly SitePage[] = [],
): Promise<Engine> {
  const file = FORMS[form];
  const fill = await loadTemplates(form, templateNames(form, types, pages), overrides);
  return {
    layout: (view) => fill(`layout/${file}`, view),
    page: (name, view) => fill(`pages/${name}/${file}`, view),
    section: (type, view) => fill(`sections/${type}/${file}`, view),
  };
}

/**
 * Loads templates of one form by their relative names, the partials among them.
 * @returns what fills one of them.
 */
export async function loadTemplates(
  form: Form,
  names: readonly string[],
  overrides: string,
): Promise<(name: string, view: object) => string> {
  const own = new Set(names.filter((name) => exists(join(overrides, name))));
  const precompiled = await loadPrecompiled();
  const complete = names.every((name) => own.has(name) || name in precompiled);
  const handlebars = createHandlebars({ compiler: own.size > 0 || !complete });
  const load = async (name: string) => {
    const path = join(own.has(name) ? overrides : TEMPLATE_ROOT, name);
    const ready = own.has(name) ? undefined : precompiled[name];
    if (ready !== undefined) return filled(handlebars.template(ready), path);
    return filled(handlebars.compile(await readText(path), { noEscape: form === 'text' }), path);
  };
  const loaded = new Map(await Promise.all(names.map(async (name) => [name, await load(name)] as const)));
  for (const [name, template] of loaded) {
    const partial = /^partials\/([^/]+)\//.exec(name)?.[1];
    if (partial !== undefined) handlebars.registerPartial(partial, template);
  }
  return (name, view) => loaded.get(name)?.(view) ?? '';
}

/** The templates of a form that issues with sections of these types need, by their relative names. */
export function templateNames(
  form: Form,
  types: Iterable<string>,
  pages: readonly SitePage[] = [],
): string[] {
  const file = FORMS[form];
  return [
    `layout/${file}`,
    ...partialNames(form),
    ...[...types].map((type) => `sections/${type}/${file}`),
    ...pages.map((name) => `pages/${name}/${file}`),
  ];
}

/** The templates of a notice, by their relative names: mail, text and subject. */
export function noticeTemplates(notice: (typeof NOTICES)[number]): readonly [string, string, string] {
  const folder = `notices/${notice}`;
  return [`${folder}/${FORMS.email}`, `${folder}/${FORMS.text}`, `${folder}/subject/${FORMS.text}`];
}

/** The page of `obn serve` by its relative name. */
export function pageTemplate(page: (typeof READER_PAGES)[number]): string {
  return `pages/${page}/${FORMS.web}`;
}

/** The templates that others of a form include. */
export function partialNames(form: Form): string[] {
  const names = PARTIALS.map((partial) => `partials/${partial}/${FORMS[form]}`);
  return names.filter((name) => exists(join(TEMPLATE_ROOT, name)));
}

async function loadPrecompiled(): Promise<Precompiled> {
  if (!exists(PRECOMPILED)) return {};
  return ((await import(pathToFileURL(PRECOMPILED).href)) as { default: Precompiled }).default;
}

/** A template whose errors name its file. */
function filled(run: Handlebars.TemplateDelegate, path: string): Handlebars.TemplateDelegate {
  return (view, options) => {
    try {
      return run(view, options);
    } catch (error) {
      if (error instanceof ObnError) throw error;
      const { line, reason } = faultOf(messageOf(error));
      throw new TemplateError(path, line, `cannot be filled: ${reason}`, { cause: error });
    }
  };
}

/** What Handlebars says, in one line: of a template that it cannot read, where; of others, it does not know. */
function faultOf(message: string): { line: number; reason: string } {
  const [first = '', near = ''] = message.split('\n');
  const line = /^(?:Lexical|Parse) error on line (\d+)/.exec(first)?.[1];
  return line === undefined
    ? { line: 1, reason: message.replaceAll('\n', ' ') }
    : { line: Number(line), reason: `Handlebars cannot read it near ${near.replace(/^\.{3}/, '').trim()}` };
}
