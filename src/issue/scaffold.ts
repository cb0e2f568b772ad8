import { join } from 'node:path';
import slugify from 'slugify';
import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import { yamlText } from '../document/scalar.js';
import { usageError } from '../findings/error.js';
import { didYouMean } from '../findings/nearest.js';
import { readText } from '../platform/files.js';
import { samplePath, TEMPLATE_ROOT } from '../templates/assets.js';
import { type Section, sectionType, sectionTypes } from '../templates/table.js';
import { PREHEADER_LENGTH } from './preheader.js';

export interface ScaffoldOptions {
  readonly number: number;
  readonly title: string;
  /** ISO 8601 date of publication. */
  readonly date: string;
  readonly author: string;
  /** The sections in order; a heading replaces the heading of the sample. */
  readonly outline: readonly { readonly type: string; readonly heading?: string | undefined }[];
  /** The JSON schema for editors, as a path relative to the file. */
  readonly schema: string;
}

/** The file name of an issue, such as `003-taking-the-monolith-apart.yaml`. */
export function issueFileName(number: number, title: string): string {
  const slug = slugify(title, { lower: true, strict: true }).slice(0, 60).replace(/-+$/, '') || 'issue';
  return `${String(number).padStart(3, '0')}-${slug}.yaml`;
}

/** The section types of an issue by default. */
export function usualOutline(): { type: string }[] {
  return sectionTypes.filter((type) => type.usual).map((type) => ({ type: type.name }));
}

/** @throws ObnError (usage) for an unknown section type, with the most similar one. */
export function outlineOf(names: readonly string[]): { type: string }[] {
  const known = sectionTypes.map((type) => type.name as string);
  return names.map((type) => {
    if (known.includes(type)) return { type };
    const hint = `section types: ${known.join(', ')}`;
    throw usageError(`there is no section type "${type}"${didYouMean(type, known)}`, hint);
  });
}

/** The section types of an issue, with the headings that stay the same in every issue. */
export function outlineFrom(sections: readonly Section[]): { type: string; heading?: string | undefined }[] {
  return sections.map((section) => {
    const comesBack = sectionType(section.type).keepsHeading && 'heading' in section;
    return { type: section.type, ...(comesBack ? { heading: section.heading } : {}) };
  });
}

/** The text of a new issue: a header, and a sample to replace for each section. */
export async function scaffoldIssue(options: ScaffoldOptions): Promise<string> {
  const { number, title, date, author, outline, schema } = options;
  const samples = await Promise.all(
    outline.map(async ({ type, heading }) =>
      withHeading(await sectionSample(type, { date, author }), heading),
    ),
  );
  const { least, most } = PREHEADER_LENGTH;
  const header = [
    `# yaml-language-server: $schema=${schema}`,
    `number: ${number}`,
    `title: ${yamlText(title)}`,
    `# Shown beside the subject in the inbox: what would the reader miss? ${least} to ${most} characters.`,
    `preheader: What is in issue ${number}, in one line that makes people open it`,
    `date: ${date}`,
    '# When `obn send --due` sends the issue, in the time zone of the newsletter:',
    `# send_at: ${date}T09:00`,
    '# Drafts can be previewed and test-sent, but not sent. Delete this line when you are done.',
    'draft: true',
    'sections:',
  ];
  const body = samples.map((text) => text.trimEnd().replace(/^(?=.)/gm, '  '));
  return `${[...header, body.join('\n\n')].join('\n')}\n`;
}

/** The sample of a section type: a YAML list of one section. @param values what the sample leaves open */
export async function sectionSample(
  type: string,
  values: { readonly date: string; readonly author: string },
): Promise<string> {
  return fill(await readText(join(TEMPLATE_ROOT, samplePath(type))), values);
}

function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text
    .replaceAll('{{date}}', () => values.date ?? '')
    .replaceAll('"{{author}}"', () => yamlText(values.author ?? ''));
}

function withHeading(text: string, heading: string | undefined): string {
  if (heading === undefined) return text;
  const document: Document = parseDocument(text, { uniqueKeys: false });
  const item = document.getIn([0], true);
  if (!isMap(item)) return text;
  const has = item.items.some((pair) => isScalar(pair.key) && pair.key.value === 'heading');
  if (has) item.set('heading', heading);
  else item.items.splice(1, 0, document.createPair('heading', heading));
  return document.toString({ lineWidth: 0 });
}
