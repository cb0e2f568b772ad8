import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { PAGE_IDS } from '../../src/render/anchors.js';
import { obn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';

const SUBSCRIBE = { archive: { subscribe: 'https://weekly.example.com/subscribe' } };

function issueWith(headings: readonly string[]): string {
  const stories = headings.map((heading) => `  - type: story\n    heading: ${heading}\n    body: Text\n`);
  return `number: 1
title: The first one
preheader: What somebody wrote, and what became of it
date: 2026-01-01
sections:
  - { type: intro, body: Hi }
${stories.join('')}`;
}

/** The page of an issue with these headings: its ids, and where each permalink leads. */
async function build(headings: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const { root, read } = makeNewsletter(
    { 'issues/001-first.yaml': issueWith(headings), ...files },
    { config: SUBSCRIBE },
  );
  const { stdout, code } = await obn(root, ['archive', '--check']);
  const ids: string[] = [];
  const permalinks: string[] = [];
  const parser = new Parser({
    onopentag: (_, { id, class: name, href }) => {
      if (id !== undefined) ids.push(id);
      if (name === 'permalink' && href) permalinks.push(href.slice(1));
    },
  });
  parser.end(read('site/issues/1/index.html'));
  return { ids, permalinks, stdout, code };
}

describe('the ids of a page', () => {
  it('are unique, and each permalink leads to its section', async () => {
    const headings = [
      'Lesson 4',
      'Lesson',
      'Lesson',
      'Content',
      'Content',
      'Lesson 4',
      '云端',
      'Subscribe email',
    ];
    const { ids, permalinks, code } = await build([...headings, ...PAGE_IDS]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(permalinks).size).toBe(headings.length + PAGE_IDS.length);
    for (const anchor of permalinks) {
      expect(ids).toContain(anchor);
      expect(PAGE_IDS).not.toContain(anchor);
    }
    expect(code).toBe(0);
  });

  it('of the page itself are never used for sections', async () => {
    const { ids } = await build([]);
    for (const id of ids) expect(PAGE_IDS).toContain(id);
  });

  it('are stable when sections are added below', async () => {
    const headings = ['Lesson', 'Lesson', 'Other'];
    const before = await build(headings);
    expect(before.permalinks).toEqual(['lesson', 'lesson-3', 'other']);
    const after = await build([...headings, 'Lesson', 'Lesson 3', 'Content']);
    expect(after.permalinks.slice(0, 3)).toEqual(before.permalinks);
  });

  it('that a template repeats are reported by --check', async () => {
    const template =
      '<section id="story"><h2><a class="permalink" href="#story">{{heading}}</a></h2></section>';
    const { stdout, code } = await build(['One', 'Two'], {
      'templates/sections/story/web.html.hbs': template,
    });
    expect(stdout).toContain('#story leads to an id that occurs more than once in issues/1/index.html');
    expect(code).toBe(1);
  });
});
