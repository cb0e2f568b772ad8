import { join } from 'node:path';
import Handlebars from 'handlebars';
import { configurationError, messageOf, ObnError } from '../findings/error.js';
import { exists, readText } from '../platform/files.js';
import { FORMS, type Form, PARTIALS, TEMPLATE_ROOT } from '../templates/assets.js';
import { type MomentView, period } from './moment.js';
import { indent, TEXT_WIDTH, wrap } from './wrap.js';

/** The templates of one form, compiled. */
export interface Engine {
  section(type: string, view: object): string;
  layout(view: object): string;
}

/**
 * Loads the templates that an issue needs, each from the newsletter's own folder where it has one of the same name.
 * @param overrides the folder templates/ of the newsletter.
 * @throws ObnError that names the template, when it cannot be compiled or filled.
 */
export async function loadEngine(form: Form, types: ReadonlySet<string>, overrides: string): Promise<Engine> {
  const handlebars = createHandlebars();
  const load = (name: string) => compile(handlebars, name, overrides, form);
  const partials = PARTIALS.map(async (partial) => {
    const name = `partials/${partial}/${FORMS[form]}`;
    if (exists(join(TEMPLATE_ROOT, name))) handlebars.registerPartial(partial, await load(name));
  });
  const loading = [...types].map(
    async (type) => [type, await load(`sections/${type}/${FORMS[form]}`)] as const,
  );
  const all = [load(`layout/${FORMS[form]}`), Promise.all(loading), ...partials] as const;
  const [layout, loaded] = await Promise.all(all);
  const sections = new Map(loaded);
  return { layout, section: (type, view) => sections.get(type)?.(view) ?? '' };
}

async function compile(
  handlebars: typeof Handlebars,
  name: string,
  overrides: string,
  form: Form,
): Promise<(view: object) => string> {
  const override = join(overrides, name);
  const path = exists(override) ? override : join(TEMPLATE_ROOT, name);
  const text = await readText(path);
  const run = handlebars.compile(text, { noEscape: form === 'text' });
  const filled: Handlebars.TemplateDelegate = (view, options) => {
    try {
      return run(view, options);
    } catch (error) {
      if (error instanceof ObnError) throw error;
      const reason = messageOf(error).replaceAll('\n', ' ');
      throw configurationError(`the template ${path} cannot be filled: ${reason}`, { cause: error });
    }
  };
  return filled;
}

/** Handlebars with the helpers that templates may use, apart from any other user of the library. */
function createHandlebars(): typeof Handlebars {
  const handlebars = Handlebars.create();
  handlebars.registerHelper({
    or: (a: unknown, b: unknown) => Boolean(a || b),
    and: (a: unknown, b: unknown) => Boolean(a && b),
    period: (starts: MomentView, ends: MomentView | undefined) => period(starts, ends),
    hostname: (url: string) => new URL(url).host,
    upper: (text: string) => text.toUpperCase(),
    rule: () => '-'.repeat(TEXT_WIDTH),
    lines: (text: string) =>
      new handlebars.SafeString(text.split('\n').map(handlebars.escapeExpression).join('<br>')),
    heading_underlined: (text: string) => {
      const wrapped = wrap(text);
      const longest = Math.max(...wrapped.split('\n').map((line) => line.length));
      return `${wrapped}\n${'='.repeat(longest)}`;
    },
    wrapped: (...parts: unknown[]) => wrap(parts.slice(0, -1).join('')),
    indent: (text: string, columns: number) => indent(text, ' '.repeat(columns)),
    quoted: (text: string) => indent(wrap(`“${text}”`, TEXT_WIDTH - 2), '  '),
  });
  return handlebars;
}
