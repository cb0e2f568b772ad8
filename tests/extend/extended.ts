import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ENTRIES, FAKES } from './fakes.js';

const ROOT = join(import.meta.dirname, '../..');
const TSC = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');

/**
 * Builds obn from a copy of its sources to which the fakes were added; nothing else in it is changed.
 * @throws Error with what the compiler says when the sources and the fakes do not fit together
 */
export function buildExtended(): { root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), 'obn-extended-'));
  for (const name of ['src', 'bin', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const [file, text] of Object.entries(FAKES)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  for (const [file, from, name, before] of ENTRIES) {
    const text = readFileSync(join(root, file), 'utf8');
    if (!text.includes(before)) throw new Error(`${file} has no table that begins with ${before}`);
    const extended = text.replace(before, `${before}${name}, `);
    writeFileSync(join(root, file), `import { ${name} } ${from};\n${extended}`);
  }
  compile(root);
  const isText = (path: string) => !path.endsWith('.ts');
  cpSync(join(root, 'src/templates'), join(root, 'dist/templates'), { recursive: true, filter: isText });
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

function compile(root: string): void {
  try {
    execFileSync(process.execPath, [TSC, '-p', 'tsconfig.build.json'], { cwd: root, encoding: 'utf8' });
  } catch (error) {
    throw new Error(String((error as { stdout?: unknown }).stdout ?? error));
  }
}
