import { Parser } from 'htmlparser2';
import { openNewsletter } from '../../src/config/load.js';
import { findIssueFile, openIssue } from '../../src/issue/store.js';
import { fillText, type Values } from '../../src/render/fill.js';
import { type RenderOptions, renderIssue } from '../../src/render/render.js';
import type { RenderedIssue } from '../../src/render/rendered.js';
import { makeNewsletter } from '../support/newsletter.js';

/** An issue of the newsletter in a folder, rendered. */
export async function renderFrom(
  root: string,
  number: number,
  options?: RenderOptions,
): Promise<RenderedIssue> {
  const newsletter = await openNewsletter(root, {});
  const issue = await openIssue(await findIssueFile(newsletter, String(number)));
  return renderIssue(issue, newsletter, options);
}

interface Draft {
  /** The sections as data; JSON is YAML, too. */
  readonly sections: readonly unknown[];
  /** Other fields of the issue. */
  readonly issue?: Readonly<Record<string, unknown>>;
  /** Merged into obn.yaml. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Files below issues/. */
  readonly pictures?: Readonly<Record<string, Uint8Array>>;
}

/** An issue of a newsletter in a temporary folder, rendered. */
export function render(
  { sections, issue, config, files, pictures = {} }: Draft,
  options?: RenderOptions,
): Promise<RenderedIssue> {
  const text = JSON.stringify({ number: 1, title: 'T', date: '2018-09-18', ...issue, sections });
  const newsletter = makeNewsletter({ ...files, 'issues/001-first.yaml': text }, config ? { config } : {});
  for (const [name, bytes] of Object.entries(pictures)) newsletter.write(`issues/${name}`, bytes);
  return renderFrom(newsletter.root, 1, options);
}

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** The elements of an HTML text in their order, each with all the text within it, as a browser reads them. */
export function elementsOf(html: string): Element[] {
  const all: Element[] = [];
  const open: Element[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const element = { name, attributes, text: '' };
      all.push(element);
      open.push(element);
    },
    ontext: (text) => {
      for (const element of open) element.text += text;
    },
    onclosetag: () => void open.pop(),
  });
  parser.end(html);
  return all;
}

export function named(html: string, name: string): Element[] {
  return elementsOf(html).filter((element) => element.name === name);
}

/** The mail as the reader with these values gets it. */
export function mailFor({ html, text, subject }: RenderedIssue, values: Values = {}) {
  return { html: fillText(html, values), text: fillText(text, values), subject: fillText(subject, values) };
}
