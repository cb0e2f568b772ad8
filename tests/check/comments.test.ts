import { describe, expect, it } from 'vitest';
import { parseSource } from '../../src/document/document.js';

const cuts = (text: string) => parseSource('f.yaml', text).cuts.map(({ lost }) => lost);

describe('text cut off by a YAML comment', () => {
  it.each([
    ['title: Best of AWS #serverless', '#serverless', 'title: "Best of AWS #serverless"'],
    ['subject: Issue #1 is out', '#1 is out', 'subject: "Issue #1 is out"'],
    ['subject: Issue # 5 is out', '# 5 is out', 'subject: "Issue # 5 is out"'],
    ['items:\n  - title: The best #1 "thing"', '#1 "thing"', `- title: 'The best #1 "thing"'`],
    ['tags:\n  - One #a', '#a', '- "One #a"'],
    ['body: >-\n  a\nheading: C and #3\n', '#3', 'heading: "C and #3"'],
    ['title: A #b # obn-ignore text/comment: x', '#b # obn-ignore text/comment: x', 'title: "A #b"'],
  ])('is reported in %j', (text, lost, corrected) => {
    const source = parseSource('f.yaml', text);
    expect(source.cuts.map((cut) => cut.lost)).toEqual([lost]);
    expect(source.cuts[0]?.hint).toBe(
      `put the text in quotes, or add a space after # if it is a comment: ${corrected}`,
    );
    expect(parseSource('f.yaml', corrected).findings).toEqual([]);
    expect(cuts(corrected)).toEqual([]);
  });

  it('is reported at the position of the comment', () => {
    expect(parseSource('f.yaml', 'a: 1\ntitle: Best  #aws\n').cuts[0]?.position).toEqual({
      line: 2,
      column: 14,
    });
  });

  it('is reported where a Markdown heading is meant', () => {
    const source = parseSource('f.yaml', 'body:\n  # News\n  text\n');
    expect(source.cuts).toEqual([
      {
        position: { line: 2, column: 3 },
        lost: '# News',
        hint: 'put | after the key above, so that every line below it is text: body: |',
      },
    ]);
  });

  it('is reported in a flow list, without a corrected line', () => {
    expect(cuts('tags: [One,\n  two #b\n  ]\n')).toEqual(['#b']);
  });
});

describe('a YAML comment', () => {
  it.each([
    'title: Best of AWS # not yet the last word',
    'title: T # obn-ignore subject/length: meant',
    'title: T #obn-ignore subject/length: meant',
    'rate: 5 #per second',
    'date: 2026-03-03 #Tuesday',
    'title: "T" #x',
    'body: # x\n  text',
    'sections:\n  # x\n  - type: intro',
    '# x\ntitle: T',
    'body: | #x\n  a #b\n',
    'title: C#7',
    '#x\ntitle: T',
  ])('is not reported in %j', (text) => {
    expect(cuts(text)).toEqual([]);
  });
});
