import { describe, expect, it } from 'vitest';
import { mailFor, named, render } from './issues.js';
import { asHtml, asText } from './texts.js';

const links = (source: string) => named(asHtml(source).text, 'a').map(({ attributes }) => attributes.href);

describe('a URL in Markdown', () => {
  it.each([
    ['[a](https://a.example/b\u200b)'],
    ['[a](<\u2060https://a.example/b \u00ad>)'],
    ['[a](\u200eHttps://A.Example/b)'],
    ['<HTTPS://a.example/b\u202c>'],
    ['HTTPS://A.example/b\u200b'],
    ['[a][c]\n\n[c]: \ufeffhttps://a.example/b\u200f'],
  ])('is trimmed of invisible characters and has a lowercase scheme and host: %j', (source) => {
    expect(links(source)).toEqual(['https://a.example/b']);
    const { text, notes } = asText(source);
    expect(`${text} ${notes}`.match(/https?:[^\s\u200b]*/gi)).toEqual(['https://a.example/b']);
  });

  it('leaves direction marks after it in the text', () => {
    expect(asHtml('\u202bשלום https://a.example/b\u202c עולם').text).toBe(
      '<p>\u202bשלום <a href="https://a.example/b">https://a.example/b</a>\u202c עולם</p>',
    );
    expect(asText('\u202bשלום https://a.example/b\u202c עולם').text).toBe(
      '\u202bשלום https://a.example/b\u202c עולם',
    );
  });

  it('keeps the joiners of emoji and of Persian words', () => {
    expect(links('[a](<https://a.example/👩‍💻/می‌شود>)').map((href) => decodeURI(href ?? ''))).toEqual([
      'https://a.example/👩‍💻/می‌شود',
    ]);
  });

  it.each(['\u200bjavascript:alert(1)', '\u00adJavaScript:alert(1)', '\u2060data:text/html,x'])(
    'cannot run code with an invisible character before it: %j',
    (address) => {
      expect(links(`[a](<${address}>)`)).toEqual([]);
    },
  );

  it('is a mailto link in capitals, too', () => {
    expect(links('[a](MAILTO:Jane@a.example)')).toEqual(['mailto:Jane@a.example']);
  });
});

describe('an image from the web', () => {
  const src = 'Https://Pics.Example.org/A.png';

  it('is loaded from its URL in every form, with a scheme and host in any case', async () => {
    const sections = [
      { type: 'intro', body: `![A chart](${src})` },
      { type: 'image', src, alt: 'A chart', href: 'HTTPS://Example.org/B' },
    ];
    const rendered = await render({ sections });
    const { html } = mailFor(rendered);
    for (const form of [html, rendered.web]) {
      const sources = named(form, 'img').map(({ attributes }) => attributes.src);
      expect(sources.filter((one) => one?.endsWith('A.png'))).toEqual([
        'https://pics.example.org/A.png',
        'https://pics.example.org/A.png',
      ]);
      expect(form).toContain('href="https://example.org/B"');
    }
  });

  it('can be the logo', async () => {
    const rendered = await render({
      sections: [{ type: 'divider' }],
      config: {
        theme: { logo: `\u200b${src}` },
        newsletter: { name: 'N', url: 'Https://News.Example.org/' },
      },
    });
    expect(mailFor(rendered).html).toContain('src="https://pics.example.org/A.png"');
    expect(mailFor(rendered).html).toContain('href="https://news.example.org/issues/1/"');
  });
});

describe('a list column that contains a URL', () => {
  it('works with invisible characters around it', async () => {
    const rendered = await render({ sections: [{ type: 'intro', body: '[Your page]({{page}})' }] });
    const { html } = mailFor(rendered, { page: '\u200bHttps://A.Example/b?c&d\u2060' });
    expect(html).toContain('href="https://a.example/b?c&amp;d"');
  });
});
