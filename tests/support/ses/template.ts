import { badRequest, SesError } from './model.js';
import type { Template } from './schema.js';

const TAG = /\{\{(.*?)\}\}/gs;

/** The three texts of a message. */
export interface Texts {
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
}

export type TemplateData = Readonly<Record<string, unknown>>;

/** A variable of a template has no value: SES answers with success and drops the message. */
export class RenderingError extends Error {}

/** The inline content of a template. @throws SesError for what an inline template cannot do. */
export function inlineTemplate({ TemplateName, TemplateArn, TemplateContent }: Template): Texts {
  const sources = [TemplateName, TemplateArn, TemplateContent].filter((source) => source !== undefined);
  if (sources.length !== 1)
    throw badRequest('Exactly one of TemplateName, TemplateArn, TemplateContent is required.');
  if (!TemplateContent) {
    throw new SesError(404, 'NotFoundException', `Template ${TemplateName ?? TemplateArn} does not exist`);
  }
  const { Subject = '', Text, Html } = TemplateContent;
  for (const part of [Subject, Text, Html]) checkTags(part ?? '');
  return {
    subject: Subject,
    ...(Text === undefined ? {} : { text: Text }),
    ...(Html === undefined ? {} : { html: Html }),
  };
}

/** Reads the data of a template. @throws SesError when it is not a JSON object. */
export function readData(json: string | undefined): TemplateData {
  try {
    const data: unknown = JSON.parse(json ?? '{}');
    if (data !== null && typeof data === 'object' && !Array.isArray(data)) return data as TemplateData;
  } catch {
    // Answered below, like data of another type.
  }
  throw badRequest('Template data is not a JSON object.');
}

/** Puts the values in; nothing is escaped and values are not rendered again. @throws RenderingError */
export function renderTexts(texts: Texts, data: TemplateData): Texts {
  const fill = (text: string) => text.replace(TAG, (_tag, name: string) => variable(data, name));
  return {
    subject: fill(texts.subject),
    ...(texts.text === undefined ? {} : { text: fill(texts.text) }),
    ...(texts.html === undefined ? {} : { html: fill(texts.html) }),
  };
}

function variable(data: TemplateData, name: string): string {
  if (!Object.hasOwn(data, name)) {
    throw new RenderingError(`Attribute '${name}' is not present in the rendering data.`);
  }
  return String(data[name]);
}

/** An inline template knows `{{camelCase}}` and nothing else. */
function checkTags(text: string): void {
  const rest = text.replace(/\{\{[a-z][A-Za-z0-9]*\}\}(?!\})/g, '');
  if (rest.includes('{{')) throw badRequest('Template contains unsupported operations.');
}
