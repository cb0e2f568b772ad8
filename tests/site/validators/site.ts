import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { obn } from '../../support/cli.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../../support/newsletter.js';

const ROOT = join(import.meta.dirname, '../../..');
const COPIED = ['obn.yaml', 'issues', 'snippets', 'subscribers.example.csv'];

/** A built site. */
export interface Site {
  /** What its addresses begin with. */
  readonly url: string;
  /** The same on its own host: empty, or such as `/news`. */
  readonly base: string;
  readonly newsletter: TestNewsletter;
  /** Its files that end so, by their path. */
  files(end: string): readonly string[];
  read(path: string): string;
}

/** The repository's own newsletter; it stays until it is removed. */
export async function ownSite(): Promise<Site> {
  const newsletter = makeNewsletter(
    { 'issues/001-first.yaml': null, 'issues/002-second.yaml': null },
    { keep: true },
  );
  for (const name of COPIED) cpSync(join(ROOT, name), newsletter.path(name), { recursive: true });
  return build(newsletter, 'https://offbynone.io', '');
}

/** What a title may hold and a feed or a page must not be broken by. */
export const HOSTILE = `</title><script>alert(1)</script> & "quotes" ]]> it's 🤔`;

/** A site below a path, whose texts are as bad as texts can be. */
export async function hostileSite(): Promise<Site> {
  const title = JSON.stringify(HOSTILE);
  const newsletter = makeNewsletter(
    {
      'issues/003-bad.yaml': issueText(3, title).replace('heading: What happened', `heading: ${title}`),
      'issues/004-arabic.yaml': issueText(4, 'تفكيك التطبيق').replace('What somebody wrote', 'x ]]> & <b>'),
    },
    {
      keep: true,
      config: {
        newsletter: { name: 'A & B <i>"weekly"</i> ]]>', url: 'https://example.com/news', tagline: '<&>' },
      },
    },
  );
  return build(newsletter, 'https://example.com/news', '/news');
}

async function build(newsletter: TestNewsletter, url: string, base: string): Promise<Site> {
  const { code, stderr } = await obn(newsletter.root, ['archive', '--out', 'public']);
  expect(code, stderr).toBe(0);
  const root = newsletter.path('public');
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return {
    url,
    base,
    newsletter,
    files: (end) => all.filter((path) => path.endsWith(end)).sort(),
    read: (path) => readFileSync(join(root, path), 'utf8'),
  };
}
