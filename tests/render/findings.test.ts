import { describe, expect, it } from 'vitest';
import type { RenderedIssue } from '../../src/render/rendered.js';
import { render } from './issues.js';
import { findingsIn } from './texts.js';

/** Has every kind of finding, each at an offset of its own. */
const BODY = [
  'Dear {{nope}}, {{#if}} and {{issue.nothing}}.',
  '[a] (https://a.example/) <b>c</b> <!-- d --> [e](https://e.example/\u2060f)',
  '![a picture](images/gone.png "of {{nope}}") [here](http://g.example/{{page}})',
].join('\n');

const SNIPPETS = { 'snippets/tip.md': BODY };

type Found = { readonly path: readonly (string | number)[]; readonly offset: number };

/** Everything that was found in an issue, without the path, by the index of the section. */
function foundIn({ uses, problems, outline }: RenderedIssue, index: number) {
  const { flaws, links, pictures } = outline;
  const own = <One extends Found>(all: readonly One[]) =>
    all.filter(({ path }) => path[1] === index).map(({ path: _, ...found }) => found);
  return {
    uses: own(uses),
    problems: own(problems),
    flaws: own(flaws),
    links: own(links),
    pictures: own(pictures),
  };
}

const intro = (body: string) => ({ type: 'intro', body });

describe('equal texts', () => {
  it('report `{{nope}}` in each of two fields', async () => {
    const { uses } = await render({ sections: [intro('Dear {{nope}}'), intro('Dear {{nope}}')] });
    expect(uses.map(({ path, offset, source }) => [path.join('.'), offset, source])).toEqual([
      ['sections.0.body', 5, '{{nope}}'],
      ['sections.1.body', 5, '{{nope}}'],
    ]);
  });

  it('report every finding in each field', async () => {
    const rendered = await render({ sections: [intro(BODY), intro(BODY), { type: 'divider' }, intro(BODY)] });
    const first = foundIn(rendered, 0);
    expect(first.uses.map(({ offset }) => BODY.slice(offset).split('}}')[0])).toEqual([
      '{{nope',
      '{{page',
      '{{nope',
    ]);
    expect(first.problems.map(({ source }) => source)).toEqual(['{{#if}}', '{{issue.nothing}}']);
    expect(first.flaws.map(({ kind }) => kind).sort()).toEqual(['address', 'comment', 'html', 'unread']);
    expect([first.links.length, first.pictures.length]).toEqual([3, 1]);
    expect(foundIn(rendered, 1)).toEqual(first);
    expect(foundIn(rendered, 3)).toEqual(first);
  });

  it('report every finding in each field of one section', async () => {
    const items = [1, 2].map((at) => ({ title: 'T {{nope}}', url: `https://x.example/${at}`, note: BODY }));
    const { problems, uses } = await render({ sections: [{ type: 'links', heading: 'T {{nope}}', items }] });
    const places = (found: readonly Found[], offset: number) =>
      found.filter((one) => one.offset === offset).map(({ path }) => path.slice(2).join('.'));
    expect(places(uses, 2)).toEqual(['heading', 'items.0.title', 'items.1.title']);
    expect(places(problems, BODY.indexOf('{{#if}}'))).toEqual(['items.0.note', 'items.1.note']);
  });

  it.each([
    ['on lines of their own', '{{> tip}}\n\nAnd\n\n{{> tip}}'],
    ['within a line', 'See {{> tip}} and {{> tip}}.'],
  ])('from a snippet report every finding where it is included, %s', async (_, body) => {
    const rendered = await render({ sections: [intro(body), intro(body)], files: SNIPPETS });
    const first = foundIn(rendered, 0);
    expect(foundIn(rendered, 1)).toEqual(first);
    for (const found of Object.values(first)) {
      const offsets = found.map(({ offset }) => offset);
      expect(new Set(offsets)).toEqual(new Set([body.indexOf('{{>'), body.lastIndexOf('{{>')]));
      expect(found.every((one) => 'snippet' in one && one.snippet === 'tip')).toBe(true);
    }
  });
});

describe('findings of a text', () => {
  it('are part of the parse result, so parsing again reports them again', () => {
    const snippets = { tip: BODY };
    const text = `${BODY}\n\n{{> tip}}`;
    const first = findingsIn(text, snippets);
    expect(first.problems).toHaveLength(4);
    findingsIn('- another {{#text}}\n\n<b>[x](y z)', snippets);
    expect(findingsIn(text, snippets)).toEqual(first);
  });

  it('are the same at each rendering', async () => {
    const draft = { sections: [intro(BODY), intro('{{> tip}}'), intro(BODY)], files: SNIPPETS };
    expect(await render(draft)).toEqual(await render(draft));
  });

  it('are reported once, however often the parser tries the passage', () => {
    expect(findingsIn('[a [b]({{#c}}) ![d]({{e}} x)').problems.map(({ source }) => source)).toEqual([
      '{{#c}}',
    ]);
  });
});
