import { describe, expect, it } from 'vitest';
import { openNewsletter, readNewsletter } from '../../src/config/load.js';
import { BASE, folderWith } from './folder.js';

async function findings(text: string): Promise<string[]> {
  const loaded = await readNewsletter(folderWith(text), {});
  if ('newsletter' in loaded) return [];
  return loaded.findings.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const inNewsletter = (line: string) => BASE.replace('  url:', `  ${line}\n  url:`);

describe('an invalid value in obn.yaml', () => {
  it.each([
    ['a zone without its underscore', inNewsletter('timezone: America/NewYork'), '3:13', 'time zone'],
    ['a zone as an offset', inNewsletter('timezone: "+02:00"'), '3:13', 'time zone'],
    ['an underscore in a language', inNewsletter('language: en_US'), '3:13', 'BCP 47'],
    ['a language of one letter', inNewsletter('language: e'), '3:13', 'BCP 47'],
    ['the English name of a language', inNewsletter('language: "mostly English"'), '3:13', 'BCP 47'],
    ['a URL without a scheme', BASE.replace('https://n.example', 'n.example'), '3:8', 'https://'],
    ['a URL with another scheme', BASE.replace('https:', 'ftp:'), '3:8', 'https://'],
    [
      'an invisible character in an address',
      BASE.replace('https://n.', 'https://n\u200b.'),
      '3:8',
      'U+200B (zero width space): write https://n.example',
    ],
    [
      'an invisible character in a sender',
      BASE.replace('jane@n', 'jane@\u00adn'),
      '4:28',
      'U+00AD (soft hyphen)',
    ],
    [
      'an invisible character in the address of a server',
      `${BASE}smtp: { url: "smtp://a:secret@n\u2060.example" }\n`,
      '5:14',
      'U+2060 (word joiner): delete it',
    ],
    ['a sender with an invalid address', BASE.replace('jane@n', 'jane at n'), '4:28', 'email address'],
    ['a reply address with a name', `${BASE}reply_to: Jane <jane@n.example>\n`, '5:11', 'email address'],
    ['a subject of two lines', `${BASE}subject: "a\\nb"\n`, '5:10', 'one line'],
    ['an unknown transport', `${BASE}send: { transport: sess }\n`, '5:20', 'did you mean "ses"?'],
    ['a rate in words', `${BASE}send: { rate: fast }\n`, '5:15', 'auto or a number of messages per second'],
    [
      'a host with a scheme',
      `${BASE}tracking: { utm: { exclude: ["https://a.example"] } }\n`,
      '5:30',
      'a host',
    ],
    ['a host with a star', `${BASE}tracking: { utm: { exclude: ["*.a.example"] } }\n`, '5:30', 'a host'],
    ['no connections', `${BASE}smtp: { connections: 0 }\n`, '5:22', 'at least 1'],
    ['too many connections', `${BASE}smtp: { connections: 1000 }\n`, '5:22', 'at most 100'],
    ['a segment that is not a query', `${BASE}audience: { segments: { aws: tags } }\n`, '5:30', 'a mapping'],
    ['an empty part', `${BASE}ses:\n`, '5:5', 'a mapping'],
    ...[
      ...[
        'a; } body {',
        "O'Reilly Sans, Arial",
        "Arial, 'Segoe UI",
        "'a' 'b'",
        'Arial /* x',
        'Arial\\\\',
        'a, , b',
      ],
      ...['expression(1)', 'Arial !important', '<b>', '8bit Wonder', "'H&amp;M'", 'Arial,', ', Arial'],
    ].map((font) => [
      `invalid fonts: ${font}`,
      `${BASE}theme: { font: "${font}" }\n`,
      '5:16',
      'font families',
    ]),
  ])('%s', async (_, text, place, message) => {
    expect(await findings(text)).toEqual([expect.stringContaining(message)]);
    expect((await findings(text))[0]?.split(' ')[0]).toBe(place);
  });

  it.each([
    `-apple-system, 'Segoe UI', Roboto, sans-serif`,
    `"Helvetica Neue", Arial`,
    `'ＭＳ Ｐゴシック', 'メイリオ'`,
    '游ゴシック, Noto Sans CJK JP',
    `'8bit Wonder'`,
  ])('accepts the fonts %s', async (font) => {
    expect(
      await findings(`${BASE}theme: { font: ${JSON.stringify(font)}, mono: ${JSON.stringify(font)} }\n`),
    ).toEqual([]);
  });

  it('rejects a rate that is not above 0', async () => {
    const [finding] = await findings(`${BASE}send: { rate: 0 }\n`);
    expect(finding).toMatch(/^5:15 "rate" must be /);
    expect(finding).not.toMatch(/at least 0(?!\.)/);
  });
});

describe('an unknown key in obn.yaml', () => {
  it.each([
    ['at the top', 'newletter: {}\n', '5:1 unknown key "newletter"; did you mean "newsletter"?'],
    ['in the theme', 'theme: { acent: "#112233" }\n', '5:10 unknown key "acent"; did you mean "accent"?'],
    [
      'in a colour',
      'theme: { accent: { dak: "#112233" } }\n',
      '5:20 unknown key "dak"; did you mean "dark"?',
    ],
    [
      'in the tags of links',
      'tracking: { utm: { sorce: x } }\n',
      '5:20 unknown key "sorce"; did you mean "source"?',
    ],
  ])('%s', async (_, line, finding) => {
    expect(await findings(BASE + line)).toEqual([finding]);
  });
});

describe('a color', () => {
  const themeOf = async (line: string) =>
    (await openNewsletter(folderWith(`${BASE}theme: ${line}\n`), {})).config.theme;

  it('with one value is the same in light and dark mode', async () => {
    expect((await themeOf('{ accent: "#112233" }')).accent).toEqual({ light: '#112233', dark: '#112233' });
  });

  it('may have only one of its two values', async () => {
    const { text, accent } = await themeOf('{ text: { dark: "#FFFFFF" }, accent: { light: "#000000" } }');
    expect(text).toEqual({ light: '#26233a', dark: '#FFFFFF' });
    expect(accent).toEqual({ light: '#000000', dark: '#fb923c' });
  });

  it.each(['red', '"#12345"', '"#12345g"', '"112233"', '"rgb(1,2,3)"'])('is not %s', async (value) => {
    expect(await findings(`${BASE}theme: { accent: ${value} }\n`)).toEqual([
      expect.stringMatching(/^5:18 "accent" /),
    ]);
    expect(await findings(`${BASE}theme: { accent: { light: ${value} } }\n`)).toEqual([
      expect.stringMatching(/^5:27 "light" must be /),
    ]);
  });

  it('that is invalid is reported with an example', async () => {
    expect(await findings(`${BASE}theme: { accent: red }\n`)).toEqual([
      expect.stringContaining('must be a color such as "#1f1b4d"'),
    ]);
  });
});

describe('fonts', () => {
  it('use single quotes, because style attributes have double quotes', async () => {
    const text = `${BASE}theme: { font: '"Some Sans", Arial' }\n`;
    const { theme } = (await openNewsletter(folderWith(text), {})).config;
    expect(theme.font).toBe("'Some Sans', Arial");
  });
});
