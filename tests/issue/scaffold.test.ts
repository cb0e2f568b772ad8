import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Issue, parseIssue } from '../../src/issue/issue.js';
import {
  issueFileName,
  outlineFrom,
  outlineOf,
  type ScaffoldOptions,
  scaffoldIssue,
  usualOutline,
} from '../../src/issue/scaffold.js';
import { sectionTypes } from '../../src/templates/table.js';

const OPTIONS: ScaffoldOptions = {
  number: 4,
  title: 'A title',
  date: '2018-09-25',
  author: 'Jeremy Daly',
  outline: usualOutline(),
  schema: '../.obn/schema/issue.schema.json',
};

async function scaffold(options: Partial<ScaffoldOptions> = {}): Promise<{ text: string; issue: Issue }> {
  const text = await scaffoldIssue({ ...OPTIONS, ...options });
  const parsed = parseIssue('issues/004.yaml', text);
  if ('findings' in parsed) throw new Error(`${JSON.stringify(parsed.findings)}\n${text}`);
  return { text, issue: parsed.issue };
}

describe('the name of an issue file', () => {
  it.each([
    [3, 'Taking the monolith apart', '003-taking-the-monolith-apart.yaml'],
    [1, 'Breaking up (the monolith) is hard to do', '001-breaking-up-the-monolith-is-hard-to-do.yaml'],
    [12, 'Übergrößen & Café', '012-'],
    [1234, 'x', '1234-x.yaml'],
    [7, '🎉🎉', '007-issue.yaml'],
    [7, '…', '007-issue.yaml'],
    [7, '../../etc/passwd', '007-'],
  ])('for %i, %j is %s', (number, title, name) => {
    expect(issueFileName(number, title)).toContain(name);
  });

  it('is plain and short for any title', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999 }),
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        (number, title) => {
          expect(issueFileName(number, title)).toMatch(/^\d{3,6}-[a-z0-9]+(-+[a-z0-9]+)*\.yaml$/i);
          expect(issueFileName(number, title).length).toBeLessThan(75);
        },
      ),
    );
  });

  it('is always the same', () => {
    const names = Array.from({ length: 3 }, () => issueFileName(1, 'Same title'));
    expect(new Set(names).size).toBe(1);
  });
});

describe('a new issue', () => {
  it('is valid, a draft, and has the default sections', async () => {
    const { issue } = await scaffold();
    expect(issue).toMatchObject({ number: 4, title: 'A title', date: '2018-09-25', draft: true });
    expect(issue.sections.map((section) => section.type)).toEqual([
      'intro',
      'story',
      'links',
      'events',
      'star',
      'closing',
      'signoff',
    ]);
  });

  it('can have every section type', async () => {
    const outline = outlineOf(sectionTypes.map((type) => type.name));
    const { issue } = await scaffold({ outline });
    expect(issue.sections.map((section) => section.type)).toEqual(sectionTypes.map((type) => type.name));
  });

  it('names its schema for editors, and has a date and an author', async () => {
    const { text, issue } = await scaffold();
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../.obn/schema/issue.schema.json');
    expect(issue.sections.at(-1)).toMatchObject({ type: 'signoff', name: 'Jeremy Daly' });
    expect(issue.sections.find((section) => section.type === 'events')?.items[0]?.starts).toBe(
      '2018-09-25T13:00',
    );
    expect(text).not.toMatch(/\{\{(date|author)\}\}/);
  });

  it('keeps any title and any author', async () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 80 })
      .filter((text) => text.trim() !== '' && !/\p{Cc}/u.test(text));
    await fc.assert(
      fc.asyncProperty(line, line, async (title, author) => {
        const { issue } = await scaffold({ title, author, outline: outlineOf(['signoff']) });
        expect(issue.title).toBe(title.trim());
        expect(issue.sections[0]).toMatchObject({ name: author.trim() });
      }),
    );
  });

  it.each([
    'yes',
    '2018',
    'null',
    '# x',
    'a: b',
    '- a',
    '"quoted"',
    "it's",
    '{{x}}',
    '*star',
    '&amp',
    '%',
    '@x',
    '`x`',
  ])('keeps the title %s as text', async (title) => {
    expect((await scaffold({ title, outline: outlineOf(['divider']) })).issue.title).toBe(title);
  });

  it.each(['A$$AP', "Cash $& Carry $' Co", '$1'])('keeps the author %s', async (author) => {
    const { issue } = await scaffold({ author, outline: outlineOf(['signoff']) });
    expect(issue.sections[0]).toMatchObject({ name: author });
  });
});

describe('an outline', () => {
  it('suggests the most similar section type for an unknown one', () => {
    expect(outlineOf(['intro', 'intro', 'divider'])).toEqual([
      { type: 'intro' },
      { type: 'intro' },
      { type: 'divider' },
    ]);
    expect(() => outlineOf(['intro', 'storey'])).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: 'there is no section type "storey"; did you mean "story"?',
        hint: expect.stringContaining('section types: intro, story,'),
      }),
    );
  });

  it('from an issue keeps recurring headings, but not those of stories', async () => {
    const { issue } = await scaffold();
    const outline = outlineFrom(issue.sections);
    expect(outline.map(({ type }) => type)).toEqual(issue.sections.map((section) => section.type));
    expect(outline.find(({ type }) => type === 'story')).toEqual({ type: 'story' });
    expect(outline.find(({ type }) => type === 'signoff')).toEqual({ type: 'signoff' });
    expect(outline.find(({ type }) => type === 'links')).toEqual({
      type: 'links',
      heading: 'Where to blame me for your reading list 📚',
    });
  });

  it('with headings uses them in the new issue, whatever they contain', async () => {
    const headings = ['Bits: & pieces 🧩', '#1 {{issue.number}}', '"x" \'y\'', 'a'.repeat(200)];
    for (const heading of headings) {
      const outline = ['links', 'events', 'star', 'project', 'closing'].map((type) => ({ type, heading }));
      const { issue } = await scaffold({ outline });
      expect(issue.sections.map((section) => 'heading' in section && section.heading)).toEqual(
        outline.map(() => heading),
      );
    }
  });

  it('with a heading keeps the rest of the sample, including comments', async () => {
    const { text } = await scaffold({ outline: [{ type: 'links', heading: 'Other' }] });
    expect(text).toContain('heading: Other');
    expect(text).not.toContain('Where to blame me');
    expect(text).toContain('author: The Lambda team # optional');
  });

  it('from a new issue is the same outline again', async () => {
    const first = await scaffold();
    const second = await scaffold({ outline: outlineFrom(first.issue.sections) });
    expect(outlineFrom(second.issue.sections)).toEqual(outlineFrom(first.issue.sections));
  });
});
