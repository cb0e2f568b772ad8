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

/** Compiled templates of one form. */
export interface Engine {
  section(type: string, view: object): string;
  layout(view: object): string;
  /** Renders one of the requested pages. */
  page(name: SitePage, view: object): string;
}

type Precompiled = Readonly<Record<string, TemplateSpecification>>;

/** Precompiled templates from the build. Without a build, templates are compiled on demand. */
const PRECOMPILED = join(TEMPLATE_ROOT, 'precompiled.js');

/**
 * Loads the templates that an issue needs. A template of the same name in the newsletter's folder wins.
 * @param overrides templates/ folder of the newsletter.
 * @param pages archive pages that are needed, too
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
 * Loads templates of one form by relative name, including partials.
 * @returns a function that fills a template.
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

/** Relative names of the templates of a form for these section types. */
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

/** Relative names of the templates of a notice: email, text and subject. */
export function noticeTemplates(notice: (typeof NOTICES)[number]): readonly [string, string, string] {
  const folder = `notices/${notice}`;
  return [`${folder}/${FORMS.email}`, `${folder}/${FORMS.text}`, `${folder}/subject/${FORMS.text}`];
}

/** Relative name of a page of `obn serve`. */
export function pageTemplate(page: (typeof READER_PAGES)[number]): string {
  return `pages/${page}/${FORMS.web}`;
}

/** Partials of a form. */
export function partialNames(form: Form): string[] {
  const names = PARTIALS.map((partial) => `partials/${partial}/${FORMS[form]}`);
  return names.filter((name) => exists(join(TEMPLATE_ROOT, name)));
}

async function loadPrecompiled(): Promise<Precompiled> {
  if (!exists(PRECOMPILED)) return {};
  return ((await import(pathToFileURL(PRECOMPILED).href)) as { default: Precompiled }).default;
}

/** Common to all errors of Handlebars, which says little. */
const HINT = 'check that each {{ has its }}, and each {{#if}} and {{#each}} its {{/if}} and {{/each}}';

/** Wraps a template so that errors name its file. */
function filled(run: Handlebars.TemplateDelegate, path: string): Handlebars.TemplateDelegate {
  return (view, options) => {
    try {
      return run(view, options);
    } catch (error) {
      if (error instanceof ObnError) throw error;
      const { line, reason } = faultOf(messageOf(error));
      throw new TemplateError(path, line, `cannot be filled: ${reason}`, { cause: error, hint: HINT });
    }
  };
}

/** A Handlebars error on one line. Only syntax errors have a line number. */
function faultOf(message: string): { line: number; reason: string } {
  const [first = '', near = ''] = message.split('\n');
  const line = /^(?:Lexical|Parse) error on line (\d+)/.exec(first)?.[1];
  return line === undefined
    ? { line: 1, reason: message.replaceAll('\n', ' ') }
    : { line: Number(line), reason: `Handlebars syntax error near ${near.replace(/^\.{3}/, '').trim()}` };
}
