import { describe, expect, it } from 'vitest';
import { findingsOf, newsletterOf } from './example.js';

const LAYOUT = 'templates/layout/email.mjml.hbs';
const FOOTER =
  '<p>{{newsletter.address}}</p><p><a href="{{unsubscribe_url}}">Leave</a> <a href="{{issue.url}}">Web</a></p>';
const layout = (footer: string) =>
  `<mjml><mj-body>{{{sections}}}<mj-section><mj-column><mj-text>${footer}</mj-text></mj-column></mj-section></mj-body></mjml>\n`;

async function lacking(footer: string, config?: string): Promise<string[]> {
  const files = { [LAYOUT]: layout(footer) };
  const findings = await findingsOf(newsletterOf({ files, ...(config === undefined ? {} : { config }) }));
  return findings.filter(({ rule }) => rule === 'mail/footer').map(({ message }) => message);
}

const ALL = [
  'the HTML part lacks the link to the web page',
  'the HTML part lacks the postal address',
  'the HTML part lacks the unsubscribe link',
];

describe('the footer of a custom layout', () => {
  it('is complete with the address and both links', async () => {
    expect(await lacking(FOOTER)).toEqual([]);
    const address =
      'newsletter: { name: W, url: "https://w.example", address: "A & B <c>\\n 1  Example Street" }';
    expect(await lacking(FOOTER, address)).toEqual([]);
  });

  it.each([
    ['in a comment', `<!-- ${FOOTER} -->`],
    ['for Outlook only', `<!--[if mso]>${FOOTER}<![endif]-->`],
    ['in a hidden element', `<div style="display:none">${FOOTER}</div>`],
    ['in text of size 0', `<div style="color:#eeeeee; font-size: 0">${FOOTER}</div>`],
  ])('does not count content %s', async (_, footer) => {
    expect(await lacking(footer)).toEqual(ALL);
  });

  it('does not count URLs that are only text', async () => {
    const named = FOOTER.replaceAll(/<a href="([^"]+)">/g, '<a href="https://x.example">$1 ');
    expect(await lacking(named)).toEqual([ALL[0], ALL[2]]);
  });
});
