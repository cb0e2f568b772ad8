import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

const ISSUE =
  'sections:\n  - type: sponsor\n    name: Ad Astra\n    url: https://partner.example.org\n    body: Buy it.\n';
const HTML = 'templates/sections/sponsor/email.mjml.hbs';
const TEXT = 'templates/sections/sponsor/text.txt.hbs';
const mjml = (words: string) =>
  `<mj-section css-class="sponsor"><mj-column><mj-text>${words}</mj-text></mj-column></mj-section>\n`;

async function unlabelled(files: Record<string, string>): Promise<string[]> {
  const findings = await findingsOf(newsletterOf({ issue: ISSUE, files }));
  return findings.filter(({ rule }) => rule === 'sponsor/label').map(({ message }) => message);
}

describe('a sponsor', () => {
  it('is labeled by the templates of obn', async () => {
    expect(await unlabelled({})).toEqual([]);
  });

  it.each([
    ['only its name and URL', mjml('{{name}} {{body}} <a href="{{url}}">{{url}}</a>')],
    ['the word in a comment', mjml('<!-- sponsored --> {{name}} {{body}}')],
    ['the word in a hidden element', mjml('<span style="display: none">Sponsored</span> {{name}} {{body}}')],
  ])('is not labeled by %s', async (_, template) => {
    expect(await unlabelled({ [HTML]: template })).toEqual([
      'the email does not label Ad Astra as a sponsor',
    ]);
  });

  it('needs a label in the text part, even with one in the HTML part', async () => {
    expect(await unlabelled({ [TEXT]: '{{name}}: {{body}} {{url}}\n' })).toEqual([
      'the text part does not label Ad Astra as a sponsor',
    ]);
  });

  it('is not labeled by its own words', async () => {
    const issue = ISSUE.replace('Buy it.', 'Partner with us: our\n      **ads** are read.').replace(
      'body: ',
      'cta: Advertise now\n    body: |\n      ',
    );
    const files = { [HTML]: mjml('{{name}} {{body}} {{cta}}'), [TEXT]: '{{name}}\n{{cta}}\n' };
    const findings = await findingsOf(newsletterOf({ issue, files }));
    expect(findings.filter(({ rule }) => rule === 'sponsor/label')).toHaveLength(2);
  });

  it.each(['Gesponsert von', 'Werbung:', '広告'])('can be labeled in another language: %s', async (words) => {
    const files = { [HTML]: mjml(`<b>${words}</b> {{name}}`), [TEXT]: `${words} {{name}}\n` };
    expect(await unlabelled(files)).toEqual([]);
  });
});
