import { describe, expect, it } from 'vitest';
import { flawsIn } from './texts.js';

const unread = (source: string) =>
  flawsIn(source)
    .filter(({ kind }) => kind === 'unread')
    .map(({ text, offset }) => `${offset} ${text}`);

describe('invalid link syntax is reported', () => {
  it.each([
    [
      'with a space before the URL',
      'See [the paper] (https://a.example/).',
      '4 [the paper] (https://a.example/)',
    ],
    ['with a line break before its address', 'See [it]\n(mailto:a@b.example)', '4 [it] (mailto:a@b.example)'],
    ['without a definition', 'See [the other][1].', '4 [the other][1]'],
    ['that would be its own definition', 'See [third][].', '4 [third][]'],
    ['as a footnote', 'A note[^1].', '6 [^1]'],
    ['as a footnote with a name', 'A note[^the-note].', '6 [^the-note]'],
    ['as an image with a space', 'a ![chart] (images/a.png)', '2 ![chart] (images/a.png)'],
    ['as an image without a definition', '![chart][c]', '0 ![chart][c]'],
    ['as an image that would be its own definition', '![chart][]', '0 ![chart][]'],
    ['with a space in its address', '[a](b c)', '0 [a](b c)'],
    ['in a list', '- a\n- [b][c]', '6 [b][c]'],
    ['in a table', '| a |\n|---|\n| [b][c] |', '14 [b][c]'],
    ['with emphasis in its text', '[a *b*][c]', '0 [a *b*][c]'],
    ['around an image', '[![a](b.png)][c]', '0 [![a](b.png)][c]'],
  ])('%s', (_, source, expected) => {
    const found = unread(source).map((one) => one.replace(/\s+/g, ' '));
    expect(found).toEqual([expected]);
  });

  it.each([
    ['[a] (https://b.example/)', '[a](https://b.example/)'],
    ['![a] (images/b.png)', '![a](images/b.png)'],
    ['[a][b]', '[b]: address'],
    ['[a][]', '[a]: address'],
    ['[^1]', 'footnotes are not supported'],
  ])('with a suggestion: %s', (source, hint) => {
    expect(flawsIn(source)[0]?.hint).toContain(hint);
  });
});

describe('literal brackets are not reported:', () => {
  it.each([
    'as in [1] and [2], or [1][2]',
    '[1] (https://a.example/)',
    '"they was [sic] (https://a.example/)"',
    'and so on […] (https://a.example/)',
    '- [ ] to do\n- [x] done',
    '- [ ] (https://a.example/)',
    'matrix[i][j] and list[0][] and f(x)[y][z]',
    'a set [^a-z] or [^0-9] of letters',
    '[an aside] (with parentheses)',
    '[an aside] (see https://a.example/)',
    '`[a] (https://b.example)` and `[a][b]` and `[^1]`',
    '    [a][b]',
    '```\n[a][b] [^1]\n```',
    '\\[a] (https://b.example) \\[a][b] \\[^1]',
    '[a][b]\n\n[b]: https://b.example',
    '[b][]\n\n[b]: https://b.example',
    '[a](https://b.example) [c] [d]',
    '[a] [b]',
  ])('%s', (source) => {
    expect(unread(source)).toEqual([]);
  });
});
