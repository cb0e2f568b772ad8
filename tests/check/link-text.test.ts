import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

async function found(sections: string): Promise<string[]> {
  const findings = await findingsOf(newsletterOf({ issue: `sections:\n${sections}` }));
  return findings.filter(({ rule }) => rule === 'link/text').map(({ line, message }) => `${line} ${message}`);
}

const inText = (text: string) =>
  found(`  - type: intro\n    body: |\n      See [${text}](https://a.example/1).\n`);

describe('the text of a link', () => {
  it.each(['Go', 'Go 1.11', 'Page 3', 'この記事 here', 'ここ', 'Post 42', 'more of Yan Cui', 'C++'])(
    'is accepted when it says where it leads: %s',
    async (text) => {
      expect(await inText(text)).toEqual([]);
    },
  );

  it.each([
    'here',
    'Click here!',
    'click here now',
    'Read more →',
    'this',
    'More info',
    '→',
    'find out more',
  ])('is reported when it does not: %s', async (text) => {
    expect(await inText(text)).toEqual([`4 the link text "${text}" does not say where it leads`]);
  });

  it.each([
    ['a button', '  - type: button\n    label: Click here\n    url: https://a.example\n', '3'],
    [
      'a sponsor',
      '  - type: sponsor\n    name: S\n    url: https://a.example\n    body: b\n    cta: Click here\n',
      '6',
    ],
    [
      'an item',
      '  - type: links\n    heading: h\n    items:\n      - url: https://a.example\n        title: Click here\n',
      '6',
    ],
  ])('can be a field of %s', async (_, sections, line) => {
    expect(await found(sections)).toEqual([`${line} the link text "Click here" does not say where it leads`]);
    expect(await found(sections.replace('Click here', 'The paper'))).toEqual([]);
  });
});
