import type { Path } from '../document/document.js';
import type { Environment } from '../platform/process.js';

/** A `${NAME}` that is not set in the environment. */
export interface Unset {
  readonly path: Path;
  readonly name: string;
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** Replaces `${NAME}` in every text of `value`; variables that are not set stay as written and are listed. */
export function expandVariables(value: unknown, env: Environment): { value: unknown; unset: Unset[] } {
  const unset: Unset[] = [];
  const expand = (part: unknown, path: Path): unknown => {
    if (typeof part === 'string') {
      return part.replace(VARIABLE, (source, name: string) => {
        const found = Object.hasOwn(env, name) ? env[name] : undefined;
        if (found) return found;
        unset.push({ path, name });
        return source;
      });
    }
    if (Array.isArray(part)) return part.map((item, index) => expand(item, [...path, index]));
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, expand(item, [...path, key])]));
  };
  return { value: expand(value, []), unset };
}
