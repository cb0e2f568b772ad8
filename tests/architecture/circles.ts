import { posix } from 'node:path';
import { importsOf } from './arrows.js';

/**
 * Every circle of imports, as the sorted paths of the files in it.
 * @param files text of the files by their path below src, such as `render/render.ts`
 */
export function circles(files: ReadonlyMap<string, string>): string[][] {
  const reached = new Map([...files.keys()].map((path) => [path, reachedFrom(path, files)]));
  const found = new Map<string, string[]>();
  for (const [path, others] of reached) {
    if (!others.has(path)) continue;
    const circle = [...others].filter((other) => reached.get(other)?.has(path)).sort();
    found.set(circle.join(' '), circle);
  }
  return [...found.values()];
}

/** The files that a file imports, directly or through others; itself, when it is in a circle. */
function reachedFrom(path: string, files: ReadonlyMap<string, string>): Set<string> {
  const reached = new Set<string>();
  const next = targetsOf(path, files);
  for (let target = next.pop(); target !== undefined; target = next.pop()) {
    if (reached.has(target)) continue;
    reached.add(target);
    next.push(...targetsOf(target, files));
  }
  return reached;
}

function targetsOf(path: string, files: ReadonlyMap<string, string>): string[] {
  return importsOf(files.get(path) ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts'))
    .filter((target) => files.has(target));
}
