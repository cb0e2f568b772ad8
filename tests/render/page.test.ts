import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { findIssueFile, openIssue } from '../../src/issue/store.js';
import { loadEngine } from '../../src/render/engine.js';
import { pageOf } from '../../src/render/page.js';
import { pictureSources } from '../../src/render/picture-sources.js';
import { measurePictures } from '../../src/render/pictures.js';
import { readSections } from '../../src/render/read-sections.js';
import { pagePicture, renderIssue } from '../../src/render/render.js';
import { readSnippets, renderContextFor } from '../../src/render/render-context.js';
import { PageRenderer } from '../../src/site/pages/page-renderer.js';
import { named } from './issues.js';

const ROOT = join(import.meta.dirname, '../..');

describe.each(['1', '2', '3'])('the page of issue %s', (number) => {
  const open = async () => {
    const newsletter = await openNewsletter(ROOT, {});
    return { newsletter, issue: await openIssue(await findIssueFile(newsletter, number)) };
  };

  it('is the same alone as with its email', async () => {
    const { newsletter, issue } = await open();
    const { web, outline } = await renderIssue(issue, newsletter);
    const snippets = await readSnippets(newsletter.root);
    const context = renderContextFor(issue, newsletter, snippets);
    const sources = pictureSources(issue, context.values, snippets);
    expect(sources.toSorted()).toEqual([...new Set(outline.pictures.map(({ src }) => src))].sort());
    const files = await measurePictures(newsletter.root, sources);
    const types = new Set<string>(issue.sections.map(({ type }) => type));
    const engine = await loadEngine('web', types, join(newsletter.root, 'templates'));
    const picture = pagePicture(files, newsletter.config.newsletter.url);
    const sections = readSections(issue, context.values);
    expect(pageOf({ newsletter, context, sections, engine, picture }).html()).toBe(web);
  });

  it('has all its sections in the archive, too', async () => {
    const { newsletter, issue } = await open();
    const { web } = await renderIssue(issue, newsletter);
    const desk = await PageRenderer.open(newsletter);
    const source = { name: issue.document.file, text: issue.document.text };
    const place = { site: { base: '' }, pictures: {}, feed: undefined };
    const made = desk.make({ ...source, number: issue.number, ...place });
    if ('findings' in made) throw new Error('has findings');
    const html = new TextDecoder().decode(made.html);
    const words = (html: string, name: string) => named(html, name).map(({ text }) => text);
    for (const name of ['h2', 'h3', 'section', 'figcaption', 'aside']) {
      expect(words(html, name)).toEqual(words(web, name));
    }
    // Each heading is a link to its own section.
    const ids = new Set(named(html, 'section').map(({ attributes }) => attributes.id));
    const links = named(html, 'a').filter(({ attributes }) => attributes.class === 'permalink');
    expect(links.length).toBeGreaterThan(4);
    for (const { attributes } of links) expect(ids).toContain(attributes.href?.slice(1));
  });
});
