import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from '../../src/site/publish/manifest.js';
import { obn } from '../support/cli.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../support/newsletter.js';

/** So many that threads share the work. */
const MANY = 80;
/** The feeds have the newest twenty. */
const FEW = 26;

const nameOf = (number: number) => `issues/${String(number).padStart(3, '0')}-n.yaml`;

const textOf = (number: number, word = 'plain') =>
  issueText(number, `Part ${number}`).replace('Somebody', `A ${word} somebody of {{newsletter.name}}`);

function newsletterOf(count: number): TestNewsletter {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const files = Object.fromEntries(numbers.map((number) => [nameOf(number), textOf(number)]));
  return makeNewsletter({ 'issues/001-first.yaml': null, 'issues/002-second.yaml': null, ...files });
}

async function build({ root }: TestNewsletter, out: string): Promise<void> {
  const result = await obn(root, ['archive', '--out', out]);
  expect(result.stderr).toBe('');
  expect(result.code).toBe(0);
}

/** Everything in a site by its path. */
async function contents(newsletter: TestNewsletter, out: string): Promise<Map<string, string>> {
  const folder = newsletter.path(out);
  const files = new Map<string, string>();
  for (const path of [...(await readManifest(folder)).files.keys()].sort()) {
    files.set(path, readFileSync(join(folder, path)).toString('base64'));
  }
  return files;
}

type Edit = (newsletter: TestNewsletter, number: number) => void;

const EDITS: Readonly<Record<string, Edit>> = {
  text: (one, number) => one.write(nameOf(number), textOf(number, 'changed')),
  title: (one, number) => one.write(nameOf(number), textOf(number).replace('Part', 'Chapter')),
  removed: (one, number) => rmSync(one.path(nameOf(number)), { force: true }),
  draft: (one, number) => one.write(nameOf(number), textOf(number).replace('date:', 'draft: true\ndate:')),
  back: (one, number) => one.write(nameOf(number), textOf(number)),
  later: (one, number) => one.write(nameOf(number), textOf(number).replace(/date: .*/, 'date: 2999-01-01')),
  added: (one) => {
    const last = Math.max(...readdirSync(one.path('issues')).map((name) => Number.parseInt(name, 10) || 0));
    one.write(nameOf(last + 1), textOf(last + 1));
  },
};

describe('a site after many incremental builds', () => {
  let newsletter: TestNewsletter;
  beforeAll(async () => {
    newsletter = newsletterOf(FEW);
    await build(newsletter, 'site');
  });

  it('is the same as a full build of the same issues', async () => {
    const edit = fc.tuple(fc.constantFrom(...Object.keys(EDITS)), fc.integer({ min: 1, max: FEW }));
    const edits = fc.array(edit, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(edits, async (some) => {
        for (const [name, number] of some) EDITS[name]?.(newsletter, number);
        await build(newsletter, 'site');
        const kept = newsletter.path('.obn/cache/archive');
        rmSync(newsletter.path('anew'), { recursive: true, force: true });
        for (const part of ['state.json', 'search'])
          rmSync(join(kept, part), { recursive: true, force: true });
        await build(newsletter, 'anew');
        expect(await contents(newsletter, 'site')).toEqual(await contents(newsletter, 'anew'));
      }),
      { numRuns: 8 },
    );
  }, 240_000);
});

describe('a site of many issues', () => {
  it('reports the errors of all issues in order, from every thread', async () => {
    const newsletter = newsletterOf(MANY);
    const broken = [70, 41, 40, 22, 9, 3];
    for (const number of broken) newsletter.write(nameOf(number), textOf(number, '{{default a b}}'));
    const { code, stderr } = await obn(newsletter.root, ['archive']);
    expect(code).toBe(1);
    const files = [...stderr.matchAll(/^issues\/(\d+)-n\.yaml:\d+:\d+ error merge/gm)].map(([, number]) =>
      Number(number),
    );
    expect(files).toEqual(broken.toSorted((a, b) => a - b));
  });

  it('has a page for each issue', async () => {
    const newsletter = newsletterOf(MANY);
    await build(newsletter, 'site');
    for (let number = 1; number <= MANY; number++) {
      const html = newsletter.read(`site/issues/${number}/index.html`);
      expect(html).toContain(`<h1>Part ${number}</h1>`);
    }
    newsletter.write(nameOf(7), textOf(7, 'lonely'));
    await build(newsletter, 'site');
    expect(newsletter.read('site/issues/7/index.html')).toContain('A lonely somebody');
  });
});
