import { describe, expect, it } from 'vitest';
import { elementsOf, mailFor, named, render } from './issues.js';

/** Everything that could end an attribute, an element or a string; as an author may well type it. */
const NASTY = `a "q" 'r' <b> & \`t\` = onerror="x" &amp; &lt; --> ]]> {x} \\ é 😀 z`;
const VALUE = `v "q" 'r' <i> & --> é`;

const SECTIONS = [
  {
    type: 'image',
    src: 'images/a "b" é.png',
    alt: `image ${NASTY}`,
    caption: `caption ${NASTY}`,
    href: 'https://x.example/?a="b"&c=\'d\'&copy=1',
  },
  {
    type: 'story',
    heading: `story ${NASTY}`,
    body: 'b',
    image: { src: 'i.png', alt: `inner ${NASTY}` },
    quote: { text: `quote ${NASTY}`, by: `by ${NASTY}`, url: 'https://q.example/?a=b&lt=c' },
  },
  {
    type: 'star',
    heading: `star ${NASTY}`,
    person: { name: `person ${NASTY}`, handle: NASTY, photo: 'p.png', url: 'https://p.example/"x"' },
    body: 'b',
  },
  { type: 'button', label: `label ${NASTY}`, url: 'https://b.example/?a=b&c="d"' },
  {
    type: 'sponsor',
    name: `sponsor ${NASTY}`,
    url: 'https://s.example/',
    body: 'b',
    image: { src: 's.png', alt: `logo ${NASTY}` },
    cta: `cta ${NASTY}`,
  },
  {
    type: 'links',
    heading: 'l',
    items: [{ title: `link ${NASTY}`, url: 'https://l.example/?a=1&b=2', author: NASTY, source: NASTY }],
  },
  {
    type: 'events',
    heading: 'e',
    items: [{ title: `event ${NASTY}`, starts: '2018-09-18', host: NASTY, location: NASTY }],
  },
  { type: 'project', name: `project ${NASTY}`, version: NASTY, url: 'https://v.example', body: 'b' },
  { type: 'signoff', closing: NASTY, name: `signed ${NASTY}` },
];

describe('an issue with quotes, brackets and ampersands in every text', async () => {
  const rendered = await render({
    issue: { title: `title ${NASTY}`, subject: `subject ${NASTY}`, preheader: `preheader ${NASTY}` },
    config: { newsletter: { name: `news ${NASTY}`, address: `street ${NASTY}\ncity ${NASTY}` } },
    sections: SECTIONS,
  });
  const mail = mailFor(rendered, { unsubscribe_url: 'https://u.example' });
  const forms = Object.entries({ mail: mail.html, web: rendered.web });

  it.each(forms)('shows every alt text of the %s literally', (_, html) => {
    const alts = named(html, 'img').map(({ attributes }) => attributes.alt);
    for (const kind of ['image', 'inner', 'logo']) expect(alts).toContain(`${kind} ${NASTY}`);
  });

  it.each(forms)('keeps every text of the %s in its attribute', (_, html) => {
    for (const { name, attributes } of elementsOf(html)) {
      expect(['b', 'i', 'script']).not.toContain(name);
      for (const key of Object.keys(attributes)) {
        expect(key).toMatch(/^[a-z][a-z:-]*$/);
        expect(key).not.toMatch(/^on/);
      }
    }
  });

  it.each(forms)('shows every text of the %s literally', (_, html) => {
    const texts = elementsOf(html).map(({ text }) => text.trim());
    expect(texts).toContain(`title ${NASTY}`);
    for (const kind of ['story', 'star', 'link', 'event', 'quote', 'caption', 'label', 'cta']) {
      expect(texts, kind).toContain(`${kind} ${NASTY}`);
    }
    const whole = elementsOf(html)[0]?.text ?? '';
    for (const kind of ['sponsor', 'project', 'signed', 'street', 'city'])
      expect(whole).toContain(`${kind} ${NASTY}`);
  });

  it.each(forms)('has the intended target for every link of the %s', (_, html) => {
    const hrefs = named(html, 'a').map(({ attributes }) => attributes.href);
    expect(hrefs).toContain('https://x.example/?a="b"&c=\'d\'&copy=1');
    expect(hrefs).toContain('https://q.example/?a=b&lt=c');
    expect(hrefs).toContain('https://p.example/"x"');
    expect(hrefs).toContain('https://b.example/?a=b&c="d"');
    expect(hrefs).toContain('https://l.example/?a=1&b=2');
    expect(named(html, 'img').map(({ attributes }) => attributes.src)).toContain(
      'https://weekly.example.com/images/a%20%22b%22%20%C3%A9.png',
    );
  });

  it('shows its titles literally', () => {
    expect(named(mail.html, 'title')[0]?.text).toBe(`subject ${NASTY}`);
    expect(named(rendered.web, 'title')[0]?.text).toBe(`title ${NASTY} · news ${NASTY} #1`);
    expect(
      elementsOf(rendered.web).find(({ attributes }) => attributes.name === 'description')?.attributes
        .content,
    ).toBe(`preheader ${NASTY}`);
    expect(elementsOf(mail.html)[0]?.text).toContain(`preheader ${NASTY}`);
    expect(mail.subject).toBe(`subject ${NASTY}`);
  });

  it('is unescaped in the text part', () => {
    const flat = mail.text.replace(/\s+/g, ' ');
    for (const kind of ['title', 'story', 'star', 'link', 'event', 'quote', 'label', 'project', 'image']) {
      expect(flat, kind).toContain(`${kind} ${NASTY}`);
    }
  });
});

describe('merge fields with quotes, brackets and ampersands in their values', async () => {
  const field = `{{default name 'f "q" <u> &'}}`;
  const rendered = await render({
    issue: { subject: `S ${field}`, preheader: `P ${field}` },
    sections: [
      { type: 'image', src: 'i.png', alt: `alt ${field}`, href: 'https://x.example/?n={{name}}&m=1' },
      {
        type: 'story',
        heading: `heading ${field}`,
        body: `body ${field} [l](https://m.example/?n={{name}}) [w]({{site}})`,
      },
      { type: 'button', label: 'b', url: 'https://b.example/{{name}}' },
    ],
  });
  const mail = mailFor(rendered, {
    name: VALUE,
    site: 'javascript:alert(1)',
    unsubscribe_url: 'https://u.example',
  });

  it('are shown literally in the email', () => {
    expect(rendered.problems).toEqual([]);
    expect(mail.subject).toBe(`S ${VALUE}`);
    expect(named(mail.html, 'title')[0]?.text).toBe(`S ${VALUE}`);
    expect(named(mail.html, 'img')[0]?.attributes.alt).toBe(`alt ${VALUE}`);
    expect(named(mail.html, 'h2')[0]?.text).toBe(`heading ${VALUE}`);
    expect(elementsOf(mail.html)[0]?.text).toContain(`P ${VALUE}`);
    expect(named(mail.html, 'i')).toEqual([]);
  });

  it('are encoded in URLs', () => {
    const hrefs = named(mail.html, 'a').map(({ attributes }) => attributes.href ?? '');
    const part = encodeURIComponent(VALUE).replaceAll("'", '%27');
    for (const href of [
      `https://x.example/?n=${part}&m=1`,
      `https://m.example/?n=${part}`,
      `https://b.example/${part}`,
    ]) {
      expect(hrefs).toContain(href);
    }
    expect(hrefs).toContain('#');
  });

  it('are encoded in URLs of the text part, too', () => {
    expect(mail.text).toContain(`https://b.example/${encodeURIComponent(VALUE).replaceAll("'", '%27')}`);
  });

  it('use fallbacks in the email', () => {
    const { html } = mailFor(rendered, { unsubscribe_url: 'https://u.example' });
    expect(named(html, 'img')[0]?.attributes.alt).toBe('alt f "q" <u> &');
    expect(named(html, 'u')).toEqual([]);
  });

  it('use fallbacks on the web page, as text', () => {
    expect(named(rendered.web, 'img')[0]?.attributes.alt).toBe('alt f "q" <u> &');
    expect(named(rendered.web, 'h2')[0]?.text).toBe('heading f "q" <u> &');
    expect(named(rendered.web, 'u')).toEqual([]);
    for (const { attributes } of elementsOf(rendered.web)) {
      if (attributes.id !== undefined) expect(attributes.id).toMatch(/^[\w-]+$/);
      if (attributes.name === 'description') expect(attributes.content).toBe('P f "q" <u> &');
    }
  });
});
