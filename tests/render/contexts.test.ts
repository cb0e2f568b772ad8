import { describe, expect, it } from 'vitest';
import { htmlContexts } from '../../src/render/contexts.js';
import { Markers } from '../../src/render/markers.js';

/** Slot context of each § in HTML. */
function contexts(html: string): string[] {
  const at = htmlContexts(html);
  return [...html.matchAll(/§/g)].map((match) => at(match.index));
}

describe('a slot in HTML', () => {
  it.each([
    ['in a text', '<p>Hi §!</p>', ['html']],
    ['in an attribute', '<img alt="of §" title=\'§\'>', ['html', 'html']],
    ['as a whole address', '<a href="§">x</a>', ['address']],
    ['as a whole address without quotes', '<a href=§>x</a>', ['address']],
    ['as a whole address in single quotes', "<a href='§'>x</a>", ['address']],
    ['in a part of an address', '<a href="https://x.example/?e=§&amp;n=§">§</a>', ['url', 'url', 'html']],
    ['at the start of an address and in it', '<a href="§/a/§">', ['address', 'url']],
    ['in the source of a picture', '<img src="§"><img src="a/§.png">', ['address', 'url']],
    ['in an attribute in capitals', '<A HREF="§"><a Href="x§">', ['address', 'url']],
    ['in two elements one after the other', '<a href="a§"></a><p title="§">§</p>', ['url', 'html', 'html']],
    ['in another attribute after an address', '<a href="x" title="§">', ['html']],
    ['in form actions and cite attributes', '<form action="§"></form><q cite="§">', ['address', 'address']],
    ['in a background', '<td background="https://x.example/§.png">', ['url']],
    ['in a style', '<p style="color:§"><style>a{}</style>', ['html']],
    ['after a lone bracket', 'a < b § <a href="§">', ['html', 'address']],
    ['in a title', '<title>§</title>', ['html']],
  ])('%s', (_, html, expected) => {
    expect(contexts(html)).toEqual(expected);
  });

  it('in a conditional comment has the context of its content', () => {
    const html =
      '<p>§</p><!--[if mso | IE]><table><tr><td><v:rect href="§" fill="§" /><a href="x§">§</a><![endif]--><a href="§">';
    expect(contexts(html)).toEqual(['html', 'address', 'html', 'url', 'html', 'address']);
  });

  it('in a part hidden from Outlook has the context of its content', () => {
    expect(contexts('<!--[if !mso]><!--><a href="§"></a><!--<![endif]--><p>§</p>')).toEqual([
      'address',
      'html',
    ]);
  });
});

describe('markers', () => {
  const field = (name: string, fallback?: string) =>
    ({ kind: 'field', name, ...(fallback === undefined ? {} : { fallback }) }) as const;

  it('contain only letters and digits, and are the same for the same field', () => {
    const markers = new Markers('');
    const [a, again, b, c] = [field('a'), field('a'), field('a', ''), field('b')].map((one) =>
      markers.add(one),
    );
    expect(a).toMatch(/^[a-z0-9]+$/);
    expect(again).toBe(a);
    expect(new Set([a, b, c]).size).toBe(3);
    expect(markers.list()).toHaveLength(3);
  });

  it('never occur in the issue', () => {
    for (const text of ['obnslot', 'an OBNSLOT0z here', 'obnslotx obnslotxx0z']) {
      const marker = new Markers(text).add(field('a'));
      expect(text.toLowerCase()).not.toContain(marker.replace(/\d+z$/, ''));
    }
  });

  it('split a text into literal pieces and slots', () => {
    const markers = new Markers('');
    const [a, b] = [markers.add(field('a')), markers.add(field('b', 'x'))];
    const text = `${a}1${b}${b} end obnslot99z`;
    expect(markers.split(text, (offset) => (offset === 0 ? 'address' : 'html'))).toEqual([
      { name: 'a', context: 'address' },
      '1',
      { name: 'b', context: 'html', fallback: 'x' },
      { name: 'b', context: 'html', fallback: 'x' },
      ' end obnslot99z',
    ]);
    expect(markers.split('', () => 'html')).toEqual([]);
    expect(markers.resolve(text, ({ name }) => `$&${name}`)).toBe('$&a1$&b$&b end obnslot99z');
  });

  it('of more than ten fields are distinct', () => {
    const markers = new Markers('');
    const names = Array.from({ length: 25 }, (_, at) => `f${at}`);
    const text = names.map((name) => markers.add(field(name))).join('');
    expect(markers.resolve(text, ({ name }) => `${name},`)).toBe(names.map((name) => `${name},`).join(''));
  });
});
