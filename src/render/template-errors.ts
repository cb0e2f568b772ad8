import { join } from 'node:path';
import { TemplateError } from '../findings/error.js';
import { exists, readText } from '../platform/files.js';
import { FORMS, PARTIALS, TEMPLATE_ROOT } from '../templates/assets.js';
import type { MjmlFault } from './mjml.js';

interface Source {
  readonly mjml: string;
  /** Marker before each section and after the last one. */
  readonly mark: string;
  /** Types of the sections, in order. */
  readonly types: readonly string[];
  /** Folder of the newsletter's templates. */
  readonly overrides: string;
}

/** An error that names the template with the invalid MJML. */
export async function templateError(faults: readonly MjmlFault[], source: Source): Promise<TemplateError> {
  const [first] = faults;
  const reasons = [...new Set(faults.map(({ message }) => message))].join('; ');
  const { path, line } = await placeOf(first ?? { line: 1, tagName: '', message: '' }, source);
  return new TemplateError(path, line, `produces invalid MJML: ${reasons}`, {
    hint: 'see https://documentation.mjml.io for tags and attributes',
  });
}

/** The first custom template that contains the tag; otherwise the template of the section. */
async function placeOf(fault: MjmlFault, source: Source): Promise<{ path: string; line: number }> {
  const { overrides } = source;
  const main = templateAt(fault.line, source);
  const layout = `layout/${FORMS.email}`;
  const names = [main, ...PARTIALS.map((one) => `partials/${one}/${FORMS.email}`), layout];
  const own = [...new Set(names)].map((name) => join(overrides, name)).filter(exists);
  for (const path of own) {
    const line = lineWith(fault, await readText(path));
    if (line > 0) return { path, line };
  }
  return { path: own[0] ?? join(TEMPLATE_ROOT, main), line: 1 };
}

function templateAt(line: number, { mjml, mark, types }: Source): string {
  const before = mjml.split('\n').slice(0, line).join('\n').split(mark).length - 1;
  const type = types[before - 1];
  return type === undefined ? `layout/${FORMS.email}` : `sections/${type}/${FORMS.email}`;
}

/** Line of a tag in a template, from 1, preferably with the invalid attribute; 0 if not found. */
function lineWith({ tagName, message }: MjmlFault, template: string): number {
  const attribute = /^Attributes? (\S+)/.exec(message)?.[1];
  const lines = template.split('\n');
  const has = (line: string) => new RegExp(`<${tagName}[\\s/>]|<${tagName}$`).test(line);
  const exact = lines.findIndex(
    (line) => attribute !== undefined && has(line) && line.includes(`${attribute}=`),
  );
  return (exact >= 0 ? exact : lines.findIndex(has)) + 1;
}
