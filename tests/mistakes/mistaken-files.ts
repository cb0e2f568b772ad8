import { CONFIG } from '../support/newsletter.js';
import { png } from '../support/picture.js';

type Files = Readonly<Record<string, string | Uint8Array>>;

export const ISSUE = 'issues/001-first.yaml';

const HEAD = [
  'number: 1',
  'title: The first one',
  'preheader: What somebody wrote in this issue, and what became of it.',
  'date: 2026-01-01',
];
const INTRO = ['  - type: intro', '    body: |', '      Hello, this is the first issue.'];
const SIGNOFF = ['  - type: signoff', '    closing: Until next week,', '    name: Jane', ''];

function issueOf(head: readonly string[], sections: readonly string[]): string {
  return [...head, 'sections:', ...sections, ...SIGNOFF].join('\n');
}

/** A newsletter in which obn finds nothing. */
export const WITHOUT_MISTAKES: Files = {
  'obn.yaml': CONFIG,
  'subscribers.csv': 'email,first_name,last_name\nada@example.com,Ada,Lovelace\nreader@example.org,,\n',
  [ISSUE]: issueOf(HEAD, INTRO),
};

export function wholeIssue(text: string): Files {
  return { [ISSUE]: text };
}

/** Lines at the top of the issue: in place of the line with the key of the first one, or behind all others. */
export function head(...lines: string[]): Files {
  const key = `${lines[0]?.split(':')[0]}:`;
  const isThere = HEAD.some((line) => line.startsWith(key));
  const replaced = HEAD.flatMap((line) => (line.startsWith(key) ? lines : [line]));
  return wholeIssue(issueOf(isThere ? replaced : [...HEAD, ...lines], INTRO));
}

/** The keys of the first section, without its type. */
export function intro(...lines: string[]): Files {
  return wholeIssue(issueOf(HEAD, ['  - type: intro', ...lines]));
}

/** The text of the first section. */
export function body(...lines: string[]): Files {
  return intro('    body: |', ...lines.map((line) => (line === '' ? '' : `      ${line}`)));
}

/** A section between the two others. */
export function section(...lines: string[]): Files {
  return wholeIssue(issueOf(HEAD, [...INTRO, ...lines]));
}

export function snippet(text: string): Files {
  return { ...body('{{> tip}}'), 'snippets/tip.md': text };
}

/** An image of the newsletter's own in the first section. */
export function image(alt: string): Files {
  return { ...body(`![${alt}](images/chart.png)`), 'issues/images/chart.png': png(600, 300) };
}

export function config(from: string, to: string): Files {
  return { 'obn.yaml': CONFIG.replace(from, () => to) };
}

export function list(text: string): Files {
  return { 'subscribers.csv': text };
}

export function template(text: string): Files {
  return { 'templates/sections/signoff/email.mjml.hbs': text };
}

/** A second issue. */
export function second(name: string, from = '', to = ''): Files {
  const text = issueOf(
    [
      'number: 2',
      'title: The second one',
      'preheader: What nobody wrote in this issue, and what became of it.',
      'date: 2026-01-08',
    ],
    INTRO,
  );
  return { [`issues/${name}`]: text.replace(from, to) };
}

/** The issue in another encoding. */
export function encoded(encoding: BufferEncoding, before = ''): Files {
  return { [ISSUE]: Buffer.from(before + issueOf(HEAD, INTRO), encoding) };
}
