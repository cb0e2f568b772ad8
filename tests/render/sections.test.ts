import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { samplePath, TEMPLATE_ROOT } from '../../src/templates/assets.js';
import { sectionTypes } from '../../src/templates/table.js';
import { elementsOf, mailFor, named, render } from './issues.js';

function sampleOf(name: string): unknown[] {
  const text = readFileSync(join(TEMPLATE_ROOT, samplePath(name)), 'utf8');
  return parse(text.replaceAll('{{date}}', '2018-09-18').replaceAll('{{author}}', 'Jeremy')) as unknown[];
}

describe.each(sectionTypes.map((type) => type.name))('the sample of %s', (name) => {
  it('is rendered in every form with all of its texts', async () => {
    const sections = sampleOf(name);
    const rendered = await render({ sections });
    expect(rendered.problems).toEqual([]);
    const mail = mailFor(rendered);
    const texts = Object.entries(sections[0] as object).flatMap(([key, value]) =>
      typeof value === 'string' && !['type', 'body', 'src'].includes(key) ? [value] : [],
    );
    for (const form of [mail.html, rendered.web, mail.text]) {
      expect(form).not.toMatch(/undefined|\[object |obnslot/);
      const shown = (form === mail.text ? form : (elementsOf(form)[0]?.text ?? '') + form).replace(
        /[\s\u00a0]+/g,
        ' ',
      );
      for (const text of texts) expect(shown).toContain(text.replace(/\s+/g, ' '));
    }
  });
});

describe('a sponsor', () => {
  it('is labeled as sponsored in every form, whatever is left out', async () => {
    const sections = [{ type: 'sponsor', name: 'Acme', url: 'https://acme.example', body: 'Buy.' }];
    const rendered = await render({ sections });
    for (const form of [mailFor(rendered).html, mailFor(rendered).text, rendered.web]) {
      expect(form).toContain('Sponsored by Acme');
      expect(form).toContain('https://acme.example');
    }
  });
});

describe('a heading that is left out', () => {
  it('is the default heading', async () => {
    const sections = [
      { type: 'star', person: { name: 'P' }, body: 'b' },
      { type: 'closing', body: 'b' },
      { type: 'project', name: 'Tool', url: 'https://t.example', body: 'b' },
    ];
    const { web } = await render({ sections });
    expect(named(web, 'h2').map(({ text }) => text.replaceAll('\u00a0', ' '))).toEqual([
      'Serverless Star of the Week ⭐️',
      'Final Thoughts 🤔',
      'Tool',
    ]);
  });
});

describe('an image', () => {
  const sections = [
    { type: 'image', src: 'images/a b.png', alt: 'one' },
    {
      type: 'intro',
      body: '![two](<images/my photo.png>) ![three](images/café.png) ![four](images/x%20y.png)',
    },
    { type: 'image', src: 'https://cdn.example/a%20b.png', alt: 'five' },
  ];
  const sources = (html: string) =>
    Object.fromEntries(named(html, 'img').map(({ attributes }) => [attributes.alt, attributes.src]));

  it('in a field or Markdown has its own URL', async () => {
    const { html } = mailFor(await render({ sections }));
    const site = 'https://weekly.example.com';
    expect(sources(html)).toEqual({
      one: `${site}/images/a%20b.png`,
      two: `${site}/images/my%20photo.png`,
      three: `${site}/images/caf%C3%A9.png`,
      four: `${site}/images/x%20y.png`,
      five: 'https://cdn.example/a%20b.png',
    });
  });

  it('can have another base URL on the web page, but not in the email', async () => {
    const rendered = await render({ sections }, { webPictures: '/preview' });
    expect(sources(rendered.web).one).toBe('/preview/images/a%20b.png');
    expect(sources(mailFor(rendered).html).one).toBe('https://weekly.example.com/images/a%20b.png');
  });
});

describe('the tags of links', () => {
  it('are on the links of the email, but not on the web page', async () => {
    const rendered = await render({
      config: { tracking: { utm: { source: 'nl', exclude: ['own.example'] } } },
      sections: [
        {
          type: 'intro',
          body: '[a](https://a.example/?x=1&y) https://b.example [o](https://own.example) <j@c.example>',
        },
        { type: 'button', label: 'd', url: 'https://d.example#part' },
      ],
    });
    const { html, text } = mailFor(rendered, { unsubscribe_url: 'https://weekly.example.com/u?t=1' });
    const hrefs = named(html, 'a').map(({ attributes }) => attributes.href);
    const tags = 'utm_source=nl&utm_campaign=issue-1';
    for (const href of [
      `https://a.example/?x=1&y&${tags}`,
      `https://b.example?${tags}`,
      `https://d.example?${tags}#part`,
    ]) {
      expect(hrefs).toContain(href);
      expect(text).toContain(href);
    }
    for (const href of ['https://own.example', 'mailto:j@c.example', 'https://weekly.example.com/u?t=1']) {
      expect(hrefs).toContain(href);
    }
    expect(rendered.web).not.toContain('utm_');
  });

  it('are on every link of the issue, but not on links of the layout', async () => {
    const link = 'https://x.example/?a=1&amp;b=2';
    const rendered = await render({
      config: {
        newsletter: { social: [{ name: 'S', url: 'https://social.example/s' }] },
        tracking: { utm: { medium: 'email', campaign: 'no-{{issue.number}}', exclude: ['Own.Example'] } },
      },
      files: { 'snippets/s.md': '[s](https://snippet.example)' },
      sections: [
        { type: 'intro', body: `[x](${link}) {{> s}} [u]({{unsubscribe_url}}) [o](https://a.own.example)` },
        { type: 'image', src: 'images/a.png', alt: 'a', href: 'https://image.example' },
        { type: 'quote', text: 'q', by: 'b', url: 'https://quote.example/?n={{default first_name "you"}}#f' },
        { type: 'links', heading: 'h', items: [{ title: 't', url: 'https://item.example' }] },
      ],
    });
    const unsubscribe_url = 'https://weekly.example.com/unsubscribe?token=1';
    const { html, text } = mailFor(rendered, { unsubscribe_url, first_name: 'A&B' });
    const hrefs = new Set(named(html, 'a').map(({ attributes }) => attributes.href));
    const tags = 'utm_medium=email&utm_campaign=no-1';
    expect(hrefs).toEqual(
      new Set([
        'https://weekly.example.com/issues/1/',
        'https://weekly.example.com',
        `https://x.example/?a=1&b=2&${tags}`,
        `https://snippet.example?${tags}`,
        unsubscribe_url,
        'https://a.own.example',
        `https://image.example?${tags}`,
        `https://quote.example/?n=A%26B&${tags}#f`,
        `https://item.example?${tags}`,
        'https://social.example/s',
      ]),
    );
    const tagless = [...hrefs].filter((href) => !href?.includes('utm_'));
    for (const href of tagless) expect(text).not.toContain(`${href}?utm_`);
  });
});

describe('a heading in a text', () => {
  const body = '## One\n\nx\n\n### Two';

  it('begins one level below the section heading, if there is one', async () => {
    const { web, ...rendered } = await render({
      sections: [
        { type: 'intro', body },
        { type: 'closing', heading: 'Bye', body },
      ],
    });
    const { html, text } = mailFor({ web, ...rendered });
    const levels = (form: string) =>
      elementsOf(form).flatMap(({ name, text }) => (/^h[2-6]$/.test(name) ? [`${name} ${text}`] : []));
    for (const form of [html, web])
      expect(levels(form)).toEqual(['h2 One', 'h3 Two', 'h2 Bye', 'h3 One', 'h4 Two']);
    expect(text).toMatch(/One\n===\n\nx\n\nTwo\n---\n(?:.*\n)*Bye\n===\nOne\n---\n\nx\n\nTwo\n\.\.\.\n/);
  });
});
