import { describe, expect, it } from 'vitest';
import { fillText } from '../../src/render/fill.js';
import { finishHtml } from '../../src/render/section-sizes.js';
import { named, render, renderFrom } from './issues.js';

const ROOT = new URL('../..', import.meta.url).pathname;

describe.each([1, 2, 3])('the parts of sample issue %i', async (number) => {
  const { html, parts } = await renderFrom(ROOT, number);

  it('together are its HTML', () => {
    const values = { first_name: 'Ada <A>', unsubscribe_url: 'https://x.example/u' };
    expect(parts.map((part) => fillText(part.html, values)).join('')).toBe(fillText(html, values));
    expect(fillText(html, values)).not.toContain('obnslot');
  });

  it('begin and end with the layout, and contain the heading that they are named after', () => {
    const names = parts.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['head and styles', 'masthead', 'intro']);
    expect(names.at(-1)).toBe('footer');
    for (const { title, html } of parts) {
      const [heading] = named(fillText(html, {}), 'h2');
      if (heading && title)
        expect(heading.text.replaceAll('\u00a0', ' ')).toContain(title.replace(/\{\{.*/, ''));
    }
    expect(fillText(parts.at(0)?.html ?? [], {})).toMatch(/<\/head>$/);
  });
});

describe('the parts of an issue', () => {
  const sections = [
    { type: 'intro', body: 'obnslot obnslotmark' },
    { type: 'divider' },
    { type: 'button', label: 'Go', url: 'https://x.example' },
  ];

  it('are only head and body if a custom layout does not contain the sections', async () => {
    const files = {
      'templates/layout/email.mjml.hbs':
        '<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>',
    };
    const { parts } = await render({ sections, files });
    expect(parts.map(({ name }) => name)).toEqual(['head and styles', 'body']);
  });

  it('are found in a wrapper, too', async () => {
    const files = {
      'templates/layout/email.mjml.hbs':
        '<mjml><mj-body><mj-wrapper padding="0">{{{sections}}}</mj-wrapper></mj-body></mjml>',
    };
    const { parts, mjml } = await render({ sections, files });
    expect(parts.map(({ name, title }) => [name, title].join(' ').trim())).toEqual([
      'head and styles',
      'masthead',
      'intro',
      'divider',
      'button Go',
      'footer',
    ]);
    expect(mjml).not.toContain('mj-raw');
    expect(fillText(parts[2]?.html ?? [], {})).toContain('obnslot obnslotmark');
  });
});

describe('a section marker', () => {
  it('is removed, and adjacent conditional comments are merged', () => {
    const marked =
      '<p>a<!--[if mso | IE]></td><![endif]--> markx <!--[if mso | IE]><td><![endif]--></p>\nmarkx<p>b</p>';
    const { html, marks } = finishHtml(marked, 'markx');
    expect(html).toBe('<p>a<!--[if mso | IE]></td><td><![endif]--></p><p>b</p>');
    expect(html.slice(...(marks as [number, number]))).toBe('<td><![endif]--></p>');
  });
});
