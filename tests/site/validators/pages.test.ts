import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileSite, ownSite, type Site } from './site.js';

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // What the standard leaves to taste.
    'doctype-style': ['error', { style: 'lowercase' }],
    // Scripts of the own site come from where the page itself comes from.
    'require-sri': ['error', { target: 'crossorigin' }],
    // A list may have a name, as the standard has it.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    // How long a title is its author decides.
    'long-title': 'off',
  },
});

describe.each([
  ['of this repository', ownSite],
  ['of hostile texts, below a path', hostileSite],
])('the pages of a site %s', (_, make) => {
  let site: Site;
  beforeAll(async () => {
    site = await make();
  });
  afterAll(() => site.newsletter.remove());

  it('are valid HTML', async () => {
    const pages = site.files('.html');
    expect(pages).toEqual(
      expect.arrayContaining(['404.html', 'index.html', 'issues/index.html', 'issues/3/index.html']),
    );
    for (const page of pages) {
      const { results } = await validator.validateString(site.read(page), page);
      const messages = results.flatMap((result) => result.messages);
      expect(
        messages.map(({ line, column, ruleId, message }) => `${page}:${line}:${column} ${ruleId} ${message}`),
      ).toEqual([]);
    }
  });

  it('have valid JSON-LD', () => {
    for (const page of site.files('index.html').filter((one) => /^issues\/\d/.test(one))) {
      const html = site.read(page);
      const blocks = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
      expect(blocks).toHaveLength(1);
      const data = JSON.parse(blocks[0]?.[1] ?? '');
      const number = /\d+/.exec(page)?.[0];
      expect(data).toMatchObject({
        '@context': 'https://schema.org',
        '@type': 'NewsArticle',
        headline: expect.stringMatching(/./),
        datePublished: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/),
        author: { name: expect.any(String) },
      });
      expect(JSON.stringify(data)).toContain(`${site.url}/issues/${number}/`);
      const images = [data.image].flat().map((image) => image.url ?? image);
      for (const image of images) expect(site.files('.png')).toContain(image.slice(site.url.length + 1));
    }
  });

  it('have an existing share image', () => {
    for (const page of site.files('index.html').filter((one) => /^issues\/\d/.test(one))) {
      const html = site.read(page);
      for (const name of ['og:image', 'twitter:image']) {
        const [, url = ''] =
          new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)">`).exec(html) ?? [];
        expect(url.startsWith(`${site.url}/cards/`), `${page}: ${name} is ${url}`).toBe(true);
        expect(site.files('.png')).toContain(url.slice(site.url.length + 1));
      }
    }
  });
});

describe('the validator', () => {
  it('reports errors', async () => {
    const { valid } = await validator.validateString('<!doctype html><html><p id="a"><p id="a"></html>');
    expect(valid).toBe(false);
  });
});
