import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { screenPictures } from '../../../src/site/images/site-images.js';
import { safeDrawing } from '../../../src/site/images/svg.js';
import { harmlessStyle } from '../../../src/site/images/svg-style.js';
import { UnsafeDrawing } from '../../../src/site/images/unsafe-drawing.js';
import { cpuMilliseconds } from '../../support/cpu.js';
import { temporaryFolder } from '../temporary.js';
import { photograph, withGps } from './samples.js';

const XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (inner: string, attributes = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${XLINK} width="40" height="20"${attributes}>${inner}</svg>`;
const safe = async (text: string) =>
  (
    await safeDrawing(Buffer.from(text), async (bytes) => `data:image/png;base64,${bytes.toString('base64')}`)
  ).toString();
/** What is written within the drawing. */
const inner = async (text: string) => /^<svg [^>]*>(.*)<\/svg>$/s.exec(await safe(svg(text)))?.[1];

/** What the archive publishes of one drawing. */
async function published(text: string) {
  const folder = temporaryFolder();
  const source = join(folder, 'drawing.svg');
  writeFileSync(source, text);
  const { pictures, faulty } = await screenPictures([source], join(folder, 'cache'));
  const picture = pictures.get(source);
  return {
    picture,
    reason: faulty.get(source),
    texts:
      picture &&
      [picture.original, ...picture.files.map((file) => file.source)].map((file) =>
        readFileSync(file, 'utf8'),
      ),
  };
}

describe('a drawing', () => {
  it('keeps elements that draw', async () => {
    const parts = [
      '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>',
      '<style>.a { fill: url(#g); transform: rotate(5deg) } @media (min-width: 5px) { .a { opacity: .5 } }</style>',
      '<path class="a" d="M0 0h9v9z" transform="translate(1, 2)" style="stroke: rgb(1 2 3)"></path>',
      '<text x="1" y="2" font-family="Inter, sans-serif">Costs &lt; 5 &amp; more</text>',
      '<rect id="r" width="4" height="4" fill="url(#g)"><animate attributeName="x" values="0;5" dur="1s"></animate></rect>',
      '<use href="#r" x="3"></use>',
    ];
    expect(await inner(parts.join(''))).toBe(parts.join(''));
  });

  it.each([
    ['scripts', '<script>alert(1)</script><script href="x.js"/>', ''],
    ['event handlers', '<path d="M0 0" onload="alert(1)" onclick="x"/>', '<path d="M0 0"></path>'],
    ['links', '<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>', '<a><path d="M0 0"></path></a>'],
    ['external images', '<image href="https://a.example/x.png" width="4"/>', '<image width="4"></image>'],
    [
      'files',
      '<image xlink:href="file:///etc/hosts"/><use href="other.svg#a"/>',
      '<image></image><use></use>',
    ],
    ['addresses in attributes', '<path fill="url(https://a.example/#a)"/>', '<path fill="url(#)"></path>'],
    ['URLs in styles', '<path style="fill: url( \'//a.example\' )"/>', '<path style="fill: url(#)"></path>'],
    ['imports', '<style>@import url("//a.example/x.css"); a { b: c }</style>', '<style>  a { b: c }</style>'],
    ['imports without an end', '<style>@import "//a.example/x.css"</style>', '<style> </style>'],
    [
      'external fonts',
      '<style>@font-face { src: url(http://a.example) }</style>',
      '<style>@font-face { src: url(#) }</style>',
    ],
    ['metadata', '<metadata><x>Ada</x></metadata><!-- Ada --><sodipodi:namedview a="/home/ada"/>', ''],
    [
      'file names',
      '<path d="M0 0" inkscape:export-filename="/home/ada/x.png" data-x="Ada"/>',
      '<path d="M0 0"></path>',
    ],
    ['animations of links', '<a><set attributeName="href" to="javascript:alert(1)"/></a>', '<a></a>'],
    ['another base', '<g xml:base="https://a.example/"><use href="#a"/></g>', '<g><use href="#a"></use></g>'],
    ['unknown elements with all that is in them', '<x><script/><path/><y>Ada</y></x><g/>', '<g></g>'],
  ])('loses %s', async (_, text, expected) => {
    expect(await inner(text)).toBe(expected);
  });

  it('loses style sheet instructions, its doctype and surrounding content', async () => {
    const text = `<?xml version="1.0"?><?xml-stylesheet href="https://a.example/x.css"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd"><!-- Ada -->${svg('<g/>')}<!-- Ada -->`;
    expect(await safe(text)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><g></g></svg>',
    );
  });

  it.each([
    ['HTML', svg('<foreignObject><p>x</p></foreignObject>'), /HTML/],
    ['entities', `<!DOCTYPE svg [<!ENTITY a "b">]>${svg('&a;')}`, /entities/],
    ['an escape in its style', svg('<style>a { fill: u\\72l(//a.example) }</style>'), /style sheet/],
    ['an image set', svg('<path style="fill: image-set(\'//a.example\' 1x)"/>'), /style sheet/],
    ['a comment that never ends', svg('<style>/* a</style>'), /style sheet/],
    ['an address within parentheses', svg('<style>a { b: url("//a.example/(") }</style>'), /style sheet/],
    ['another drawing', svg('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'), /is not PNG/],
    ['another root', '<html xmlns="http://www.w3.org/1999/xhtml"/>', /does not begin/],
  ])('is refused with %s', async (_, text, reason) => {
    await expect(safe(text)).rejects.toThrow(UnsafeDrawing);
    await expect(safe(text)).rejects.toThrow(reason);
  });

  it('never loads anything', async () => {
    const part = fc.constantFrom(
      ...[
        '<a href="',
        '<g ',
        '<style>',
        '</style>',
        '<image href="',
        '<use xlink:href="',
        '">',
        '"/>',
        "'",
        '<![CDATA[',
      ],
      ...[
        ']]>',
        '<!--',
        '-->',
        '@import ',
        'url(',
        ')',
        '"//a.example"',
        'https://a.example',
        'javascript:x',
        ';',
        '{',
        '}',
      ],
      ...[
        'onload="',
        'style="',
        'fill="',
        '<script>',
        '</script>',
        '&quot;',
        '&#117;rl(',
        '/*',
        '*/',
        '\\75',
        ' ',
        '#b',
      ],
    );
    const texts = fc.array(part, { maxLength: 25 }).map((parts) => svg(parts.join('')));
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const made = await safe(text).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UnsafeDrawing);
          return '';
        });
        const found: string[] = [];
        new Parser(
          {
            onopentag: (name, attributes) => {
              if (name === 'script') found.push(name);
              for (const [key, value] of Object.entries(attributes)) {
                if (/^on/.test(key)) found.push(key);
                if (/href$/.test(key)) {
                  if (!/^(#|data:image)/.test(value)) found.push(value);
                } else if (/url\((?!\s*['"]?#)/i.test(value)) found.push(value);
              }
            },
          },
          { xmlMode: true },
        ).end(made);
        expect(found).toEqual([]);
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it.each([
    ['comments that never end', '/*'.repeat(50_000)],
    ['addresses that never end', 'url('.repeat(50_000)],
    ['a long word', 'a'.repeat(100_000)],
    ['rules', '@'.repeat(100_000)],
  ])('has its style parsed in linear time: %s', async (_, css) => {
    expect(await cpuMilliseconds(() => harmlessStyle(css))).toBeLessThan(1_000);
  });
});

describe('the archive', () => {
  it('publishes a safe drawing, on pages and for emails', async () => {
    const { picture, texts } = await published(
      svg('<script>alert(1)</script><path d="M0 0h9v9z"/>', ' onload="x"'),
    );
    expect(picture).toMatchObject({ width: 40, height: 20, srcset: [] });
    expect(picture?.src).toMatch(/^pictures\/drawing-.*\.svg$/);
    for (const text of texts ?? []) {
      expect(text).toBe(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h9v9z"></path></svg>',
      );
    }
  });

  it('removes the location from a photograph in a drawing', async () => {
    const photo = await withGps(await photograph(60, 40), 1);
    const { texts } = await published(
      svg(`<image href="data:image/jpeg;base64,${photo.toString('base64')}" width="9"/>`),
    );
    const [, data = ''] = /href="data:image\/jpeg;base64,([^"]+)"/.exec(texts?.[0] ?? '') ?? [];
    const metadata = await sharp(Buffer.from(data, 'base64')).metadata();
    expect(metadata).toMatchObject({ format: 'jpeg', width: 60 });
    expect(metadata.exif).toBeUndefined();
  });

  it.each([
    ['cannot be made safe', svg('<foreignObject/>'), /^contains HTML/],
    [
      'takes too long to draw',
      svg(
        `<g id="a"><path/></g>${Array.from({ length: 12 }, (_, at) => `<g id="${at ? `a${at}` : 'b'}">${`<use href="#${at > 1 ? `a${at - 1}` : at === 1 ? 'b' : 'a'}"/>`.repeat(10)}</g>`).join('')}`,
      ),
      /^is broken: /,
    ],
  ])('does not publish a drawing that %s', async (_, text, expected) => {
    const { picture, reason } = await published(text);
    expect(picture).toBeUndefined();
    expect(reason).toMatch(expected);
  });

  it('reads no file and no URL for a drawing', async () => {
    const folder = temporaryFolder();
    const red = join(folder, 'red.png');
    await sharp({ create: { width: 9, height: 9, channels: 3, background: '#ff0000' } }).toFile(red);
    for (const href of [red, `file://${red}`, 'red.png']) {
      const drawing = Buffer.from(svg(`<image href="${href}" width="40" height="20"/>`));
      expect((await sharp(drawing).stats()).channels[0]?.max).toBe(0);
    }
  });
});
