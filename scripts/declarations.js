import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * Removes every declaration file that cannot be reached from the entries of the package.
 * @param {string} dist
 * @param {readonly string[]} entries within dist, such as `api/lambda.d.ts`
 */
export function keepDeclarations(dist, entries) {
  const kept = new Set();
  const waiting = entries.map((entry) => join(dist, entry));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (kept.has(path)) continue;
    kept.add(path);
    const text = readFileSync(path, 'utf8');
    for (const [, specifier = ''] of text.matchAll(/(?:\bfrom |\bimport\()'(\.[^']+)\.js'/g)) {
      waiting.push(resolve(dirname(path), `${specifier}.d.ts`));
    }
  }
  for (const name of readdirSync(dist, { recursive: true }).map(String)) {
    if (name.endsWith('.d.ts') && !kept.has(join(dist, name))) rmSync(join(dist, name));
  }
}
