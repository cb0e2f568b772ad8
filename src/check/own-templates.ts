import { join, relative, sep } from 'node:path';
import type { Newsletter } from '../config/load.js';
import { FileError } from '../findings/error.js';
import { listTree, readText } from '../platform/files.js';
import { noticeTemplates, pageTemplate, templateNames } from '../render/engine.js';
import { FORMS, type Form, NOTICES, READER_PAGES, SITE_PAGES } from '../templates/assets.js';
import { sectionTypes } from '../templates/table.js';

/** A template of the newsletter that replaces a template of obn. */
export interface OwnTemplate {
  /** The file as messages name it. */
  readonly file: string;
  /** Such as `sections/intro/email.mjml.hbs`. */
  readonly name: string;
  readonly text: string;
}

/** Every template that can be replaced, by its relative name. */
export function replaceable(forms: readonly Form[] = Object.keys(FORMS) as Form[]): string[] {
  const types = sectionTypes.map(({ name }) => name);
  const issues = forms.flatMap((form) => templateNames(form, types, form === 'web' ? SITE_PAGES : []));
  const others = [...NOTICES.flatMap(noticeTemplates), ...READER_PAGES.map(pageTemplate)];
  return [...issues, ...others.filter((name) => forms.some((form) => name.endsWith(`/${FORMS[form]}`)))];
}

/** The newsletter's own email templates; rendering reports those that cannot be read. */
export async function ownMailTemplates({ root, cwd }: Newsletter): Promise<OwnTemplate[]> {
  const folder = join(root, 'templates');
  const names = new Set(replaceable(['email']));
  const own = (await listTree(folder))
    .map((name) => name.replaceAll(sep, '/'))
    .filter((name) => names.has(name));
  const read = own.map(async (name) => {
    const path = join(folder, name);
    try {
      return { file: relative(cwd, path), name, text: await readText(path) };
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  });
  return (await Promise.all(read)).filter((template) => template !== undefined);
}

/** The lines of a template that match a pattern, from 1, with the match. */
export function linesWith(
  { text }: OwnTemplate,
  pattern: RegExp,
): { line: number; match: RegExpExecArray }[] {
  return text.split('\n').flatMap((line, index) => {
    const match = pattern.exec(line);
    return match ? [{ line: index + 1, match }] : [];
  });
}
