import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type * as Api from '../../src/api/open-newsletter.js';
import { makeNewsletter, READERS } from '../support/newsletter.js';

const root = join(import.meta.dirname, '../..');
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const [, example = '', printed = ''] =
  /```ts\n(.*?)```.*?this prints:\n\n```\n(.*?)```/s.exec(readFileSync(join(root, 'docs/api.md'), 'utf8')) ??
  [];

/** A folder of somebody's, with the packed package and TypeScript installed. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'obn-package-'));
  const installed = join(folder, 'node_modules/obn');
  mkdirSync(installed, { recursive: true });
  const flags = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
  const name = execFileSync('npm', flags, { cwd: root, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', join(folder, name), '-C', installed, '--strip-components=1']);
  // What npm would install beside it.
  for (const dependency of readdirSync(join(root, 'node_modules'))) {
    if (dependency.startsWith('.') || dependency === 'obn') continue;
    symlinkSync(join(root, 'node_modules', dependency), join(folder, 'node_modules', dependency));
  }
  const compilerOptions = {
    ...{
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
    },
    ...{ module: 'nodenext', target: 'es2023', types: ['node'] },
  };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a program in the folder. @returns what the compiler says */
function compile(program: string): string {
  writeFileSync(join(folder, 'program.ts'), program);
  try {
    return execFileSync(process.execPath, [tsc], { cwd: folder, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describe('the package', () => {
  it('runs the example of docs/api.md, compiled under strict, and sends the issue to the outbox', () => {
    expect(compile(example)).toBe('');
    const { root: newsletter } = makeNewsletter();
    const run = [join(folder, 'program.js'), newsletter];
    expect(execFileSync(process.execPath, run, { cwd: folder, encoding: 'utf8' })).toBe(printed);
    const outbox = readdirSync(join(newsletter, '.obn/outbox'), { recursive: true }).map(String);
    expect(outbox.filter((name) => name.endsWith('.eml'))).toHaveLength(READERS.length);
  }, 60_000);

  it('has types that find a mistake, also for obn/lambda', () => {
    const wrong = `import { openNewsletter } from 'obn';\nconst { plan } = await (await openNewsletter()).send(1);\nplan.cuont;\n`;
    expect(compile(wrong)).toContain("Property 'cuont' does not exist on type 'SendPlan'");
    const lambda = `import { createHandler, handler, type LambdaHandler } from 'obn/lambda';\nexport const all: LambdaHandler[] = [handler, await createHandler({ cwd: '/', env: {} })];\n`;
    expect(compile(lambda)).toBe('');
    expect(compile(lambda.replace('env: {}', 'env: 1'))).toContain("Type 'number' is not assignable");
  }, 60_000);

  it('has no other way in', () => {
    expect(compile(`import 'obn/dist/campaign/send-issue.js';\n`)).toContain('Cannot find module');
    const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, Record<string, string> | string>;
    };
    const files = Object.values(exports).flatMap((entry) => Object.values(Object(entry)) as string[]);
    for (const file of files.filter((one) => one.startsWith('./'))) {
      expect(existsSync(join(folder, 'node_modules/obn', file)), file).toBe(true);
    }
  }, 60_000);

  it('builds the site of a newsletter', async () => {
    const entry = pathToFileURL(join(folder, 'node_modules/obn/dist/api/open-newsletter.js')).href;
    const { openNewsletter } = (await import(entry)) as typeof Api;
    const { root: cwd } = makeNewsletter();
    const newsletter = await openNewsletter({ cwd, env: {} });
    const { issues, out, findings } = await newsletter.archive({ check: true });
    expect([issues, out]).toEqual([2, join(cwd, 'site')]);
    expect(findings).toEqual([]);
    await newsletter.close();
  }, 60_000);
});
