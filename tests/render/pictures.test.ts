import { describe, expect, it } from 'vitest';
import { jpeg, png } from '../support/picture.js';
import { mailFor, named, render } from './issues.js';

const PICTURES = {
  'images/icon.png': png(40, 40),
  'images/wide.png': png(1_500, 500),
  'images/high.png': png(300, 1_800),
  'images/big.jpg': jpeg(800, 600, { before: 300_000 }),
  'images/turned.jpg': jpeg(800, 600, { orientation: 6 }),
  'images/none.png': new TextEncoder().encode('no picture'),
};

/** Width and height of each image by alt text, in the email and on the web page. */
async function sizes(sections: readonly unknown[], config = {}) {
  const rendered = await render({ sections, pictures: PICTURES, config });
  const of = (html: string) =>
    Object.fromEntries(
      named(html, 'img').map(({ attributes }) => [
        attributes.alt,
        `${attributes.width} ${attributes.height}`,
      ]),
    );
  return { mail: of(mailFor(rendered).html), web: of(rendered.web) };
}

const inText = (...sources: string[]) => ({
  type: 'intro',
  body: sources.map((source) => `![${source}](images/${source})`).join(' '),
});

describe('an image in Markdown', () => {
  it('has its own width, limited by the column', async () => {
    const { mail, web } = await sizes([
      inText('icon.png', 'wide.png', 'high.png', 'big.jpg', 'turned.jpg', 'none.png', 'gone.png'),
    ]);
    expect(mail).toEqual({
      'icon.png': '40 undefined',
      'wide.png': '520 undefined',
      'high.png': '300 undefined',
      'big.jpg': '520 undefined',
      'turned.jpg': '520 undefined',
      'none.png': 'undefined undefined',
      'gone.png': 'undefined undefined',
    });
    expect(web).toEqual({
      'icon.png': '40 40',
      'wide.png': '1500 500',
      'high.png': '300 1800',
      'big.jpg': '800 600',
      'turned.jpg': '600 800',
      'none.png': 'undefined undefined',
      'gone.png': 'undefined undefined',
    });
  });

  it.each([
    ['sponsor', { name: 'S', url: 'https://s.example' }, 470],
    ['project', { name: 'P', url: 'https://p.example' }, 472],
    ['star', { person: { name: 'P' } }, 472],
    ['closing', {}, 520],
  ])('is at most as wide as the text of a %s', async (type, fields, width) => {
    const { mail } = await sizes([{ type, ...fields, body: '![wide](images/wide.png)' }]);
    expect(mail.wide).toBe(`${width} undefined`);
  });

  it('is at most as wide as the column of a theme', async () => {
    const { mail } = await sizes([inText('wide.png')], { theme: { width: 480 } });
    expect(mail['wide.png']).toBe('400 undefined');
  });
});

describe('an image section', () => {
  const image = (src: string) => ({ src: `images/${src}`, alt: src });

  it('has its own width, limited by the column', async () => {
    const { mail, web } = await sizes([
      { type: 'image', ...image('icon.png') },
      { type: 'image', ...image('wide.png') },
      { type: 'story', heading: 'h', body: 'b', image: image('high.png') },
      { type: 'sponsor', name: 'S', url: 'https://s.example', body: 'b', image: image('big.jpg') },
      { type: 'image', src: 'https://pictures.example/a.png', alt: 'elsewhere' },
    ]);
    expect(mail).toEqual({
      'icon.png': '40 auto',
      'wide.png': '520 auto',
      'high.png': '300 auto',
      'big.jpg': '470 auto',
      elsewhere: '520 auto',
    });
    expect(web).toMatchObject({
      'icon.png': '40 40',
      'wide.png': '1500 500',
      elsewhere: 'undefined undefined',
    });
  });

  it('of a person is not distorted', async () => {
    const star = (name: string, photo: string) => ({ type: 'star', person: { name, photo }, body: 'b' });
    const shown = async (photo: string) => (await sizes([star('Ada', photo)])).mail[''];
    expect(await shown('images/icon.png')).toBe('96 96');
    expect(await shown('images/wide.png')).toBe('96 32');
    expect(await shown('images/high.png')).toBe('16 96');
    expect(await shown('https://pictures.example/a.png')).toBe('96 96');
  });
});
