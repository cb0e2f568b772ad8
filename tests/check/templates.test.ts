import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli.js';
import { findingsOf, newsletterOf } from './example.js';

async function found(files: Record<string, string>): Promise<string[]> {
  const named = Object.fromEntries(Object.entries(files).map(([name, text]) => [`templates/${name}`, text]));
  const findings = await findingsOf(newsletterOf({ files: named }));
  return findings.map(({ file, line, column, rule, message }) => {
    const place = `${file.replace(/^.*templates\//, '')}:${line}:${column}`;
    return `${place} ${rule} ${message}`;
  });
}

const SIGNOFF = 'sections/signoff/email.mjml.hbs';
const text = (inside: string) =>
  `<mj-section><mj-column><mj-text>\n${inside}\n</mj-text></mj-column></mj-section>\n`;

describe('a feature that email clients do not support', () => {
  it.each([
    ['a style', SIGNOFF, text('<p style="display : grid">{{name}}</p>'), '2:11', 'display:grid'],
    ['an element', SIGNOFF, text('<p>{{name}}</p> <video></video>'), '2:17', '<video> element'],
    [
      'a part',
      'partials/styles/email.mjml.hbs',
      'h1 { margin:0; }\np { display:grid; }\n',
      '2:5',
      'display:grid',
    ],
  ])('is reported in the template: %s', async (_, name, template, place, feature) => {
    const all = (await found({ [name]: template })).filter((one) => one.includes('mail/clients'));
    if (feature === '') expect(all).toEqual([]);
    else
      expect(all).toEqual([
        expect.stringContaining(`${name}:${place} mail/clients ${feature} is not supported by`),
      ]);
  });
});

describe('a template', () => {
  it.each([
    ['sections/signof/email.mjml.hbs', 'sections/signoff/email.mjml.hbs'],
    ['sections/signoff/email.hbs', undefined],
    ['partials/dark/email.mjml', 'partials/dark/email.mjml.hbs'],
    ['layouts/web.html.hbs', 'layout/web.html.hbs'],
    ['partials/dark/web.html.hbs', 'partials/dark/email.mjml.hbs'],
  ])('that replaces no template is reported: %s', async (name, meant) => {
    const [finding, ...more] = await found({ [name]: '<mj-raw></mj-raw>' });
    expect(more).toEqual([]);
    expect(finding).toContain(`${name}:1:1 template/name there is no template ${name}`);
    if (meant) expect(finding).toContain('did you mean "');
  });

  it('may have notes beside it', async () => {
    expect(await found({ 'README.md': '# Mine', 'sections/signoff/.gitkeep': '' })).toEqual([]);
  });

  it.each(['<iframe src="x">', '<a onclick="x()">', '<a href="javascript:x()">', '<mj-text><object>'])(
    'of the email may contain no script: %s',
    async (active) => {
      const all = await found({ [SIGNOFF]: text(`<!-- on load = fine --> ${active}`) });
      expect(all.filter((one) => one.includes('template/script'))).toEqual([
        expect.stringMatching(/^sections\/signoff\/email\.mjml\.hbs:2:\d+ template\/script /),
      ]);
    },
  );

  it('of the web page may contain a script', async () => {
    expect(await found({ 'sections/signoff/web.html.hbs': '<script>x()</script>' })).toEqual([]);
  });

  it.each([
    '<img src="https://pixel.example.org/o.gif" alt="">',
    "<td background='//pixel.example.org/o.gif'>",
    '<p style="background:url( https://pixel.example.org/o.gif )">',
    '<style>@import "https://pixel.example.org/a.css";</style>',
  ])('that loads from another host is reported: %s', async (fetched) => {
    const all = await found({ [SIGNOFF]: text(fetched) });
    expect(all.filter((one) => one.includes('template/'))).toEqual([
      expect.stringMatching(
        /:2:\d+ template\/foreign opening the email loads something from pixel\.example\.org$/,
      ),
    ]);
  });

  it.each([
    '<a href="https://others.example.org/">x</a>',
    '<img src="https://weekly.example.com/images/a.png" alt="x">',
    '<img src="https://pictures.weekly.example.com/a.png" alt="x">',
  ])('may link to other hosts and load from its own site: %s', async (line) => {
    const all = await found({ [SIGNOFF]: text(line) });
    expect(all.filter((one) => one.includes('template/'))).toEqual([]);
  });
});

it('reports a problem in a template once, for any number of issues', async () => {
  const newsletter = newsletterOf({
    files: {
      [`templates/${SIGNOFF}`]: text('<p style="display:grid">{{name}}</p>'),
      'issues/002-next.yaml': 'number: 2',
    },
  });
  const { stdout } = await obn(newsletter.root, ['check']);
  expect(stdout.match(/mail\/clients/g)).toHaveLength(1);
});
