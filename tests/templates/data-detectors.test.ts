import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { fillText } from '../../src/render/fill.js';
import { renderNotice } from '../../src/render/notice.js';
import { TEMPLATE_ROOT } from '../../src/templates/assets.js';
import { findingsOf, newsletterOf } from '../check/example.js';
import { elementsOf, mailFor, render } from '../render/issues.js';
import { makeNewsletter } from '../support/newsletter.js';

const SECTIONS = [
  { type: 'events', heading: 'Events', items: [{ title: 'Meeting', starts: '2026-03-10T19:00' }] },
];

function detection(html: string): string | undefined {
  return elementsOf(html).find(({ attributes }) => attributes.name === 'format-detection')?.attributes
    .content;
}

function expectReset(html: string): void {
  expect(detection(html)).toBe('telephone=no, date=no, address=no, email=no, url=no');
  expect(html).toMatch(/a\[x-apple-data-detectors\]\s*\{[^}]*color:\s*inherit\s*!important/);
}

describe('detected dates and addresses keep the style of the surrounding text in Apple Mail', () => {
  it('in an issue email, also in dark mode', async () => {
    const { html } = mailFor(await render({ sections: SECTIONS }));
    expectReset(html);
    expect(html.indexOf('x-apple-data-detectors')).toBeGreaterThan(html.lastIndexOf('prefers-color-scheme'));
  });

  it('in the confirmation email', async () => {
    const newsletter = await openNewsletter(makeNewsletter({}).root, {});
    const options = { slots: ['confirm_url'], facts: { hours: 48 } };
    const { html } = await renderNotice('confirm', newsletter, options);
    expectReset(fillText(html, { confirm_url: 'https://weekly.example.com/confirm' }));
  });

  it.each(['layout', 'pages/layout', 'pages/home', 'pages/issues', 'pages/missing'])(
    'on the web page of %s',
    (name) => {
      const html = readFileSync(join(TEMPLATE_ROOT, name, 'web.html.hbs'), 'utf8');
      expect(detection(html)).toBe('telephone=no, date=no, address=no, email=no');
    },
  );
});

describe('a custom layout without the reset', () => {
  const layout = (head: string) =>
    `<mjml>${head}<mj-body><mj-raw>\n</mj-raw>{{{sections}}}<mj-section><mj-column><mj-text><a href="{{issue.url}}">Web</a> <a href="{{unsubscribe_url}}">Unsubscribe</a> {{lines newsletter.address}}</mj-text></mj-column></mj-section></mj-body></mjml>`;
  const found = async (head: string) => {
    const files = { 'templates/layout/email.mjml.hbs': layout(head) };
    const findings = await findingsOf(newsletterOf({ files }));
    return findings.filter(({ rule }) => rule === 'mail/data-detectors').map(({ file }) => file);
  };

  it('is reported', async () => {
    expect(await found('<mj-head></mj-head>')).toEqual([
      expect.stringContaining('templates/layout/email.mjml.hbs'),
    ]);
  });

  it.each([
    '{{> head}}',
    '<mj-head><mj-style>a[x-apple-data-detectors] { color:inherit; }</mj-style></mj-head>',
  ])('is not reported with one: %s', async (head) => {
    expect(await found(head)).toEqual([]);
  });
});
