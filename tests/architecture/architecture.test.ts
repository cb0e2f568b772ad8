import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARROWS, violations } from './arrows.js';
import { circles } from './circles.js';

const SRC = join(import.meta.dirname, '../../src');

function sources(): Map<string, string> {
  const names = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.[jt]s$/.test(name),
  );
  return new Map(names.map((name) => [name, readFileSync(join(SRC, name), 'utf8')]));
}

describe('the house', () => {
  it('is looked at whole, with the scripts of its threads', () => {
    const names = [...sources().keys()];
    expect(names.filter((name) => name.endsWith('-thread.js'))).not.toEqual([]);
  });

  it('has only the arrows of docs/architecture.md', () => {
    expect(violations(sources())).toEqual([]);
  });

  it('has no circle of imports', () => {
    expect(circles(sources())).toEqual([]);
  });

  it('keeps files under 300 lines, and their median under 100', () => {
    const lines = [...sources().values()].map((text) => text.split('\n').length).sort((a, b) => a - b);
    expect(lines.at(-1)).toBeLessThanOrEqual(300);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThan(100);
  });
});

describe('bench and scripts', () => {
  const modules = sources();
  const root = join(import.meta.dirname, '../..');
  const files = ['bench', 'scripts'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );

  it.each(files.filter((name) => name.endsWith('.js')))('%s loads only what the build makes', (name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const built = [...text.matchAll(/['/]dist\/([\w/-]+)\.js'/g)].map(([, path]) => path ?? '');
    // The build itself makes this one.
    const missing = built.filter((path) => !modules.has(`${path}.ts`) && path !== 'templates/precompiled');
    expect(missing).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/architecture.md'), 'utf8');

  it('lists what each folder may import', () => {
    const rows = [...page.matchAll(/^\| (\w+) \| (.+) \|$/gm)].map(([, folder, may]) => [folder, may]);
    const documented = new Map(rows.map(([folder, may]) => [folder, may]));
    for (const [folder, imports] of Object.entries(ARROWS)) {
      if (folder === 'findings') continue;
      const may = imports.filter((one) => one !== 'findings').sort();
      const listed = documented.get(folder)?.split(', ').sort();
      expect([folder, listed]).toEqual([folder, may.length > 0 ? may : ['nothing else']]);
    }
  });

  it('describes every folder of src', () => {
    const folders = readdirSync(SRC, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const missing = folders.filter(({ name }) => !page.includes(`\n  ${name}/ `));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});

describe('the test of the house', () => {
  it('finds circles of imports, type-only ones among them', () => {
    const files = new Map([
      ['a/one.ts', "import type { b } from '../b/two.js';"],
      ['b/two.ts', "export { c } from './three.js';"],
      ['b/three.ts', "const a = await import('../a/one.js');"],
      ['b/four.ts', "import { b } from './two.js';"],
      ['c/five.ts', "import type { a } from './five.js';"],
    ]);
    expect(circles(files)).toEqual([['a/one.ts', 'b/three.ts', 'b/two.ts'], ['c/five.ts']]);
  });

  const bites: readonly (readonly [string, string, string])[] = [
    ['an arrow that is not drawn', 'render/x.ts', "import { a } from '../ledger/ledger.js';"],
    ['a type-only arrow', 'templates/x.ts', "import type { a } from '../config/schema.js';"],
    ['a dynamic import', 'ledger/x.ts', "const a = await import('../transport/table.js');"],
    ['a re-export', 'message/x.ts', "export { a } from '../delivery/run.js';"],
    [
      'the script of a thread',
      'render/x.ts',
      "const script = new URL('../ledger/thread.js', import.meta.url);",
    ],
    ['an import in JavaScript', 'render/x-thread.js', "import { a } from '../ledger/ledger.js';"],
    ['a type in JavaScript', 'render/x-thread.js', "/** @type {import('../ledger/ledger.js').Ledger} */"],
    ['a required file', 'render/x-thread.js', "createRequire(import.meta.url)('../ledger/ledger.js');"],
    ['the environment in JavaScript', 'site/x-thread.js', 'open(process.env);'],
    ['an import for its effect', 'audience/x.ts', "import '../cli/run.js';"],
    [
      'a way round through a deeper folder',
      'transport/ses/x.ts',
      "import { a } from '../../audience/csv.js';",
    ],
    ['one command in another', 'commands/list.ts', "import { check } from './check.js';"],
    ['a folder that is not in the house', 'utils/x.ts', 'export const a = 1;'],
    ['printing', 'delivery/x.ts', 'console.log(1);'],
    ['ending the process', 'commands/x.ts', 'process.exit(1);'],
    ['the time of day', 'delivery/x.ts', 'const now = Date.now();'],
    ['the date of today', 'issue/x.ts', 'const today = new Date();'],
    ['a timer', 'delivery/x.ts', 'setTimeout(go, 1);'],
    ['the file system', 'config/x.ts', "import { readFileSync } from 'node:fs';"],
    ['a server', 'check/x.ts', "import { createServer } from 'node:http';"],
  ];

  it.each(bites)('finds %s', (_, path, text) => {
    expect(violations(new Map([[path, text]]))).toHaveLength(1);
  });

  it('lets pass what is drawn', () => {
    const files = new Map([
      ['delivery/x.ts', "import { a } from '../ledger/ledger.js';\n// Date.now() in a comment"],
      ['render/x.ts', "new Thread(new URL('./x-thread.js', import.meta.url));"],
      ['commands/list.ts', "import { a } from './support/open.js';"],
      ['platform/version.ts', "new URL('../../package.json', import.meta.url);"],
      ['platform/x.ts', "import { readFile } from 'node:fs/promises';\nprocess.exit(1);"],
    ]);
    expect(violations(files)).toEqual([]);
  });
});
