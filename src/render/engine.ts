import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type Handlebars from 'handlebars';
import { messageOf, ObnError, TemplateError } from '../findings/error.js';
import { exists, readText } from '../platform/files.js';
import { FORMS, type Form, PARTIALS, type PageName, TEMPLATE_ROOT } from '../templates/assets.js';
import { createHandlebars } from './handlebars.js';

/** The templates of one form, compiled. */
export interface Engine {
  section(type: string, view: object): string;
  layout(view: object): string;
  /** One of the pages that were asked for. */
  page(name: PageName, view: object): string;
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
  pages: readonly PageName[] = [],
): Promise<Engine> {
  const file = FORMS[form];
  const partials = partialsOf(form);
  const names = templateNames(form, types, pages);
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
  for (const one of partials) handlebars.registerPartial(one, loaded.get(`partials/${one}/${file}`) ?? '');
  const fill = (name: string, view: object) => loaded.get(name)?.(view) ?? '';
  return {
    layout: (view) => fill(`layout/${file}`, view),
    page: (name, view) => fill(`pages/${name}/${file}`, view),
    section: (type, view) => fill(`sections/${type}/${file}`, view),
  };
}

/** The templates of a form that issues with sections of these types need, by their relative names. */
export function templateNames(
  form: Form,
  types: Iterable<string>,
  pages: readonly PageName[] = [],
): string[] {
  const file = FORMS[form];
  return [
    `layout/${file}`,
    ...partialsOf(form).map((one) => `partials/${one}/${file}`),
    ...[...types].map((type) => `sections/${type}/${file}`),
    ...pages.map((name) => `pages/${name}/${file}`),
  ];
}

function partialsOf(form: Form): string[] {
  return PARTIALS.filter((partial) => exists(join(TEMPLATE_ROOT, `partials/${partial}/${FORMS[form]}`)));
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
