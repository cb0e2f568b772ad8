import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { parse } from 'es-module-lexer';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

/** The packages that built files load when they run, by the file; bundles contain theirs. */
function loaded(): Map<string, string> {
  const dist = join(ROOT, 'dist');
  const bundles = new Set(
    readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.LICENSES'))
      .flatMap((name) => ['.js', '.cjs'].map((end) => name.replace('.LICENSES', end))),
  );
  const found = new Map<string, string>();
  for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (!/\.c?js$/.test(name) || bundles.has(name)) continue;
    const text = readFileSync(join(dist, name), 'utf8');
    const required = [...text.matchAll(/\brequire(?:\.resolve)?\(\s*["']([^"']+)["']\)/g)].map(
      ([, one = '']) => one,
    );
    for (const specifier of [...parse(text)[0].map(({ specifier }) => specifier ?? ''), ...required]) {
      const [, packageName] = /^((?:@[^/]+\/)?[^./:][^/:]*)(?:\/|$)/.exec(specifier) ?? [];
      if (packageName && !builtinModules.includes(packageName)) found.set(packageName, name);
    }
  }
  return found;
}

it('the built program loads no package that is not installed with it', () => {
  const installed = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];
  const missing = [...loaded()].filter(([name]) => !installed.includes(name));
  expect(missing).toEqual([]);
});

it('installs no package that the built program does not load', () => {
  const names = loaded();
  expect(Object.keys(manifest.dependencies).filter((name) => !names.has(name))).toEqual([]);
});
