import { describe, expect, it } from 'vitest';
import { mailFor, named, render } from './issues.js';

const SECTIONS = [{ type: 'intro', body: 'Hi' }];

describe('a custom template', () => {
  it('replaces the built-in template of the same name', async () => {
    const files = {
      'templates/sections/intro/web.html.hbs': '<section id="mine">{{body}}</section>',
      'templates/layout/text.txt.hbs': 'Mine & {{newsletter.name}}\n\n{{sections}}',
      'templates/partials/styles/web.html.hbs': 'p { color: red }',
    };
    const rendered = await render({ sections: SECTIONS, files, config: { newsletter: { name: 'A & B' } } });
    expect(rendered.web).toContain('<section id="mine"><p>Hi</p>\n</section>');
    expect(rendered.web).toContain('p { color: red }');
    expect(mailFor(rendered).text).toBe('Mine & A & B\n\nHi\n');
    expect(mailFor(rendered).html).toContain('Hi');
  });

  it.each([
    ['cannot be read', '{{#if}'],
    ['names a helper that there is not', '{{nothing body "x"}}'],
    ['includes a part that there is not', '{{> nothing}}'],
    ['is not closed', '{{#each items}}'],
  ])('that %s is an error that names it', async (_, template) => {
    const files = { 'templates/sections/intro/web.html.hbs': template };
    await expect(render({ sections: SECTIONS, files })).rejects.toMatchObject({
      name: 'ObnError',
      exitCode: 3,
      message: expect.stringMatching(
        /^.*templates\/sections\/intro\/web\.html\.hbs:1:1 cannot be filled: [^\n]+$/,
      ),
    });
  });

  it('that is too large is an error that names it', async () => {
    const files = { 'templates/sections/intro/web.html.hbs': 'x'.repeat(1_100_000) };
    await expect(render({ sections: SECTIONS, files })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/intro\/web\.html\.hbs.*maximum 1,?024 kB\)$/),
    });
  });

  it('with a syntax error is an error with its line', async () => {
    const files = { 'templates/sections/intro/web.html.hbs': '<section>\n\n{{body}\n</section>\n' };
    await expect(render({ sections: SECTIONS, files })).rejects.toMatchObject({
      message: expect.stringMatching(
        /web\.html\.hbs:3:1 cannot be filled: Handlebars syntax error near .*\{\{body\}/,
      ),
    });
  });

  it.each([
    ['a section', 'sections/intro', '<mj-section>\n<mj-column>\n<mj-nothing/></mj-column></mj-section>', 3],
    [
      'an attribute',
      'sections/intro',
      '<mj-section>\n<mj-column/>\n<mj-column nothing="1" /></mj-section>',
      3,
    ],
    [
      'a second section',
      'sections/button',
      '<mj-section><mj-column><mj-nothing/></mj-column></mj-section>',
      1,
    ],
    ['a part', 'partials/quote', '\n<mj-nothing />', 2],
    ['the layout', 'layout', '<mjml><mj-body>\n{{{sections}}}\n<mj-nothing /></mj-body></mjml>', 3],
  ])('that MJML rejects is an error with its place: %s', async (_, folder, template, line) => {
    const files = { [`templates/${folder}/email.mjml.hbs`]: template };
    const sections = [
      ...SECTIONS,
      { type: 'button', label: 'b', url: 'https://b.example' },
      { type: 'quote', text: 'q' },
    ];
    await expect(render({ sections, files })).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(
        new RegExp(`templates/${folder}/email\\.mjml\\.hbs:${line}:1 produces invalid MJML: .*nothing`),
      ),
    });
  });

  it('cannot include local files', async () => {
    const files = {
      'templates/sections/intro/email.mjml.hbs':
        '<mj-section><mj-column><mj-include path="../../obn.yaml" /><mj-text>Hi</mj-text></mj-column></mj-section>',
    };
    const outcome = await render({ sections: SECTIONS, files }).then(
      (rendered) => mailFor(rendered).html,
      (error: Error) => error.message,
    );
    expect(outcome).not.toContain('jane@weekly.example.com');
  });

  it('cannot access inherited properties', async () => {
    const files = { 'templates/sections/intro/web.html.hbs': '[{{constructor.name}}{{body.constructor}}]' };
    const { web } = await render({ sections: SECTIONS, files });
    expect(web).toContain('[]');
  });
});

describe('a language', () => {
  it.each([
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['de', 'ltr'],
    ['pt-BR', 'ltr'],
    ...['ckb', 'dv', 'az-Arab', 'pa-PK', 'sd', 'FA'].map((language) => [language, 'rtl']),
    ...['ku', 'sd-Deva', 'az', 'ar-Latn'].map((language) => [language, 'ltr']),
  ])('%s is written %s', async (language, dir) => {
    const rendered = await render({ sections: SECTIONS, config: { newsletter: { language } } });
    for (const html of [mailFor(rendered).html, rendered.web]) {
      expect(named(html, 'html')[0]?.attributes).toMatchObject({ lang: language, dir });
    }
  });
});

describe('a theme', () => {
  it('applies its colors and fonts to email and web page', async () => {
    const theme = {
      accent: { light: '#112233', dark: '#445566' },
      font: '"Some Sans", Roboto, "Open Sans", sans-serif',
      logo: 'images/logo.png',
    };
    const rendered = await render({ sections: SECTIONS, config: { theme } });
    for (const html of [mailFor(rendered).html, rendered.web]) {
      expect(html).toContain('#112233');
      expect(html).toContain('#445566');
      expect(html.replaceAll(', ', ',')).toContain("'Some Sans',Roboto,'Open Sans',sans-serif");
      expect(html).not.toMatch(/fonts\.googleapis|@import/);
      expect(named(html, 'img')[0]?.attributes).toMatchObject({
        src: 'https://weekly.example.com/images/logo.png',
        alt: 'Test Weekly',
      });
    }
  });
});

describe('the merge fields of an issue', () => {
  it('are listed with their positions, also invalid ones', async () => {
    const rendered = await render({
      issue: { subject: 'Hi {{first_name}}' },
      sections: [
        { type: 'intro', body: '{{default city "x"}} {{#if}} {{> nope}}' },
        {
          type: 'links',
          heading: 'L {{> tip}}',
          items: [{ title: '{{company}}', url: 'https://x.example/{{email}}' }],
        },
      ],
    });
    expect(rendered.uses.map(({ path, source }) => `${path.join('.')} ${source}`)).toEqual([
      'subject {{first_name}}',
      'sections.0.body {{default city "x"}}',
      'sections.1.items.0.title {{company}}',
      'sections.1.items.0.url {{email}}',
    ]);
    expect(rendered.problems.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
      'sections.0.body is not a merge field: merge fields have no blocks, conditions or comments',
      'sections.0.body refers to a missing snippet: snippets/nope.md',
      'sections.1.heading includes a snippet, which only Markdown fields can contain',
    ]);
  });

  it('appear in the MJML as written', async () => {
    const { mjml } = await render({
      sections: [{ type: 'intro', body: '{{first_name}} {{default city "here"}}' }],
    });
    expect(/<p>(\{\{first_name.*)<\/p>/.exec(mjml)?.[1]).toBe('{{first_name}} {{default city "here"}}');
  });
});
