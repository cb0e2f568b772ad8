import { describe, expect, it } from 'vitest';
import { asHtml, asText } from './texts.js';

const html = (source: string) => asHtml(source).text;

describe('a merge field', () => {
  it.each([
    ['in a text', 'Hi {{first_name}}!', '<p>Hi [first_name]!</p>'],
    ['with a fallback', 'Hi {{default first_name "there"}}!', '<p>Hi [first_name|there]!</p>'],
    ['with a fallback that looks like Markdown', 'Hi {{default n "*a* <b>"}}!', '<p>Hi [n|*a* <b>]!</p>'],
    ['in bold', '**{{first_name}}**', '<p><strong>[first_name]</strong></p>'],
    ['with underscores in a word', 'a{{first_name}}b{{last_name}}c', '<p>a[first_name]b[last_name]c</p>'],
    ['in a heading', '# Hi {{first_name}}', '<h3>Hi [first_name]</h3>'],
    ['in a list', '- {{a}}\n- {{b}}', '<ul>\n<li>[a]</li>\n<li>[b]</li>\n</ul>'],
    ['in a table', '| {{a}} |\n|---|\n| {{b}} |', '<td class="cell">[b]</td>'],
    ['in the text of a link', '[Hi {{a}}](https://x.example)', '<a href="https://x.example">Hi [a]</a>'],
    ['in a link URL', '[x](https://x.example/?e={{email}})', '<a href="https://x.example/?e=[email]">x</a>'],
    ['as the whole address of a link', '[x]({{profile}})', '<a href="[profile]">x</a>'],
    [
      'with a fallback in a link URL',
      '[x](<https://x.example/?n={{default first_name "you all"}}>)',
      '<a href="https://x.example/?n=[first_name|you all]">x</a>',
    ],
    ['in the description of a picture', '![of {{a}}](a.png)', '<img src="a.png" alt="of [a]">'],
    [
      'in an image source',
      '![x](https://x.example/{{a}}.png)',
      '<img src="https://x.example/[a].png" alt="x">',
    ],
    ['after a backslash, which makes it a text', '\\{{first_name}}', '<p>{{first_name}}</p>'],
  ])('%s', (_, source, expected) => {
    expect(html(source)).toContain(expected);
    expect(asHtml(source).problems).toEqual([]);
  });

  it.each([
    ['a code span', 'a `{{first_name}}` b', '<p>a <code>{{first_name}}</code> b</p>'],
    ['a code span with a wrong one', '`{{#if x}}`', '<p><code>{{#if x}}</code></p>'],
    [
      'a fenced block',
      '```\n{{first_name}} {{> tip}}\n```',
      '<pre><code>{{first_name}} {{&gt; tip}}\n</code></pre>',
    ],
    ['an indented block', '    {{first_name}}', '<pre><code>{{first_name}}\n</code></pre>'],
    [
      'a fenced block of a language',
      '```vue\n{{ x }}\n```',
      '<pre><code class="language-vue">{{ x }}\n</code></pre>',
    ],
  ])('in %s is literal text', (_, source, expected) => {
    expect(asHtml(source)).toEqual({ text: expected, notes: '', problems: [] });
    expect(asText(source).problems).toEqual([]);
  });

  it.each([
    ['<https://x.example/{{email}}>', '<a href="https://x.example/[email]">https://x.example/[email]</a>'],
    [
      'https://x.example/{{email}}/a',
      '<a href="https://x.example/[email]/a">https://x.example/[email]/a</a>',
    ],
    [
      'https://x.example/?e={{email}}',
      '<a href="https://x.example/?e=[email]">https://x.example/?e=[email]</a>',
    ],
  ])('in a bare URL is filled in both URL and text: %s', (source, expected) => {
    expect(html(source)).toBe(`<p>${expected}</p>`);
  });

  it('in the title of a link is filled', () => {
    expect(html('[x](https://x.example "for {{first_name}}")')).toContain('title="for [first_name]"');
  });
});

describe('a constant', () => {
  it('is inserted as text', () => {
    expect(html('{{newsletter.name}} #{{issue.number}}')).toBe('<p>N &amp; M #3</p>');
    expect(html('[x]({{newsletter.url}}/a)')).toBe('<p><a href="https://n.example/a">x</a></p>');
  });

  it.each(['newsletter.nothing', 'newsletter.name.length', 'issue.constructor', 'newsletter.__proto__'])(
    'that does not exist is reported: %s',
    (name) => {
      expect(asHtml(`a {{${name}}} b`)).toEqual({
        text: `<p>a {{${name}}} b</p>`,
        notes: '',
        problems: [`{{${name}}} has no value: there is no ${name}`],
      });
    },
  );
});

describe('an invalid merge field', () => {
  it('is kept and reported everywhere', () => {
    const { text, problems } = asHtml('{{#if x}} {{#if x}} {{}}');
    expect(text).toBe('<p>{{#if x}} {{#if x}} {{}}</p>');
    const block = '{{#if x}} is not a merge field: merge fields have no blocks, conditions or comments';
    expect(problems).toEqual([block, block, '{{}} is not a merge field: the braces are empty']);
  });

  it.each(['{a}', 'a}}'])('is not assumed in %j', (source) => {
    expect(asHtml(source)).toMatchObject({ text: `<p>${source}</p>`, problems: [] });
  });

  it.each([
    ['{{a', '{{a'],
    ['{{ a\nb }}', '{{ a'],
  ])('that is not closed on its line is reported in %j, and kept as written', (source, reported) => {
    expect(asHtml(source)).toMatchObject({
      text: `<p>${source}</p>`,
      problems: [`${reported} is not a merge field: it does not end with }} on this line`],
    });
  });
});
