import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueUrl, linkTags, pictureUrl, tagLink } from '../../src/render/links.js';

const UTM = { source: 'news letter', medium: 'email', exclude: [] };
const CONSTANTS: Record<string, string> = { 'issue.number': '3', 'newsletter.name': 'The News & I' };

type Utm = Partial<Record<'source' | 'medium' | 'campaign' | 'content', string>> & { exclude: string[] };

function tagsOf(utm: Utm | undefined) {
  const config = {
    tracking: { utm, opens: false, clicks: false },
    unsubscribe: { url: 'https://n.example/unsubscribe' },
  } as Parameters<typeof linkTags>[0];
  return linkTags(config, (path) => CONSTANTS[path.join('.')]);
}

describe('link tags', () => {
  const tagged = (href: string, more: Partial<Utm> = {}) => tagLink(href, tagsOf({ ...UTM, ...more }));
  const TAGS = 'utm_source=news%20letter&utm_medium=email&utm_campaign=issue-3';

  it.each([
    ['https://x.example', `https://x.example?${TAGS}`],
    ['https://x.example/a', `https://x.example/a?${TAGS}`],
    ['https://x.example/?b=c', `https://x.example/?b=c&${TAGS}`],
    ['https://x.example/a#part', `https://x.example/a?${TAGS}#part`],
    ['https://x.example/a?b#part#more', `https://x.example/a?b&${TAGS}#part#more`],
    ['https://x.example?', `https://x.example?${TAGS}`],
    ['https://x.example/a&', `https://x.example/a&?${TAGS}`],
    ['https://x.example/??', `https://x.example/??&${TAGS}`],
    ['https://x.example/?a=b&', `https://x.example/?a=b&${TAGS}`],
    ['HTTPS://X.example/A', `HTTPS://X.example/A?${TAGS}`],
    ['https://x.example/?q=obnslot0z#obnslot1z', `https://x.example/?q=obnslot0z&${TAGS}#obnslot1z`],
    ['https://n.example/issues/2/', `https://n.example/issues/2/?${TAGS}`],
    ['http://x.example/ü?q=a+b', `http://x.example/ü?q=a+b&${TAGS}`],
    [
      'https://x.example/?utm_source=other',
      'https://x.example/?utm_source=other&utm_medium=email&utm_campaign=issue-3',
    ],
  ])('are added to %s', (href, expected) => {
    expect(tagged(href)).toBe(expected);
  });

  it.each(['mailto:jane@x.example', '#part', '/about', 'https://', 'tel:123', ''])(
    'do not change %j',
    (href) => {
      expect(tagged(href)).toBe(href);
    },
  );

  it('do not change excluded hosts and their subdomains', () => {
    const exclude = ['x.example'];
    expect(tagged('https://x.example/a', { exclude })).toBe('https://x.example/a');
    expect(tagged('https://www.x.example/a', { exclude })).toBe('https://www.x.example/a');
    expect(tagged('https://notx.example/a', { exclude })).toContain('utm_source');
  });

  it.each(['https://n.example/unsubscribe', 'https://n.example/unsubscribe?token=1#x', 'obnslot0z'])(
    'do not change the unsubscribe link %s',
    (href) => {
      expect(tagged(href)).toBe(href);
    },
  );

  it('can contain values of the issue and the newsletter', () => {
    expect(
      tagged('https://x.example', { campaign: 'no{{ issue.number }}', content: '{{newsletter.name}}' }),
    ).toBe(
      'https://x.example?utm_source=news%20letter&utm_medium=email&utm_campaign=no3&utm_content=The%20News%20%26%20I',
    );
  });

  it.each(['{{first_name}}', '{{default first_name "x"}}', '{{issue.colour}}', '{{> snippet}}'])(
    'cannot contain %s',
    (content) => {
      expect(() => tagsOf({ ...UTM, content })).toThrow(
        `tracking.utm.content in obn.yaml contains ${content}, which has no value`,
      );
    },
  );

  it('can be set and left out', () => {
    expect(tagged('https://x.example/', { campaign: 'c&d', content: 'e' })).toBe(
      'https://x.example/?utm_source=news%20letter&utm_medium=email&utm_campaign=c%26d&utm_content=e',
    );
    expect(tagLink('https://x.example/', tagsOf({ exclude: [], campaign: 'c' }))).toBe(
      'https://x.example/?utm_campaign=c',
    );
    expect(tagLink('https://x.example/', tagsOf(undefined))).toBe('https://x.example/');
  });

  it('change nothing else of a URL', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (href) => {
        const [before, after] = [new URL(href), new URL(tagged(href))];
        expect([after.origin, after.pathname, after.hash]).toEqual([
          before.origin,
          before.pathname,
          before.hash,
        ]);
        expect(after.search.startsWith(before.search)).toBe(true);
        expect(after.searchParams.get('utm_source')).toBe('news letter');
        expect(tagged(tagged(href))).toBe(tagged(href));
      }),
    );
  });
});

describe('the URL of an image', () => {
  it.each([
    ['images/a.png', 'https://n.example/images/a.png'],
    ['images/a b é#?.png', 'https://n.example/images/a%20b%20%C3%A9%23%3F.png'],
    ['https://x.example/a%20b.png?c=d', 'https://x.example/a%20b.png?c=d'],
    ['http://x.example/a.png', 'http://x.example/a.png'],
  ])('%s is %s', (source, url) => {
    expect(pictureUrl(source, 'https://n.example')).toBe(url);
  });
});

describe('the URL of an issue', () => {
  it('is in the archive', () => {
    expect(issueUrl('https://n.example/base', 12)).toBe('https://n.example/base/issues/12/');
  });
});
