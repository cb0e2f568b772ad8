import { FAILSAFE_SCHEMA, load, Type } from 'js-yaml';
import type { Position } from '../findings/finding.js';
import { type Path, parseSource, type SourceDocument } from './document.js';

type Resolve = (text: string) => unknown;

/** Scalars as the core schema of YAML 1.2 reads them (10.3.2), which is how {@link parseSource} does. */
const SCALARS: readonly (readonly [tag: string, pattern: RegExp, value: Resolve])[] = [
  ['null', /^(?:~|[Nn]ull|NULL)?$/, () => null],
  ['bool', /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/, (text) => /^t/i.test(text)],
  ['int', /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/, Number],
  [
    'float',
    /^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
    (text) => {
      if (/nan$/i.test(text)) return Number.NaN;
      if (/inf$/i.test(text))
        return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      return Number(text);
    },
  ],
];

const schema = FAILSAFE_SCHEMA.extend({
  implicit: SCALARS.map(
    ([tag, pattern, value]) =>
      new Type(`tag:yaml.org,2002:${tag}`, {
        kind: 'scalar',
        resolve: (text: string | null) => pattern.test(text ?? ''),
        construct: (text: string | null) => value(text ?? ''),
      }),
  ),
});

/** What the two parsers may read in different ways, anchors, which may expand without end, and no issue has any need of. */
const RARE =
  /^(?:%|---|\.\.\.)|[\t\r\u0085\u2028\u2029\ufeff]|(?:^|[\s[{,])(?:&\S|!(?!\[)\S)|[:-] +!|^ *\?(?: |$)|<<\s*:/m;

/** Whether all keys are words; others, lists and mappings among them, become texts in ways of their own. */
function hasPlainKeys(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(hasPlainKeys);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, one]) => /^\w+$/.test(key) && hasPlainKeys(one));
}

/**
 * The same as {@link parseSource} in a quarter of the time: where things stand in the text is found out only when it is
 * asked for. What is rare or wrong is left to that.
 */
export function quickSource(file: string, text: string): SourceDocument {
  if (RARE.test(text)) return parseSource(file, text);
  try {
    const value = load(text, { schema });
    if (value !== undefined && value !== null && hasPlainKeys(value))
      return new QuickSource(file, text, value);
  } catch {
    // Told in the words of the other.
  }
  return parseSource(file, text);
}

class QuickSource implements SourceDocument {
  readonly findings = [];
  private parsed: SourceDocument | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
    readonly value: unknown,
  ) {}

  at(path: Path): Position {
    return this.exact.at(path);
  }

  keyAt(path: Path): Position {
    return this.exact.keyAt(path);
  }

  within(path: Path, needle: string, nth?: number): Position {
    return this.exact.within(path, needle, nth);
  }

  inText(path: Path, offset: number): Position {
    return this.exact.inText(path, offset);
  }

  finding(...parameters: Parameters<SourceDocument['finding']>) {
    return this.exact.finding(...parameters);
  }

  private get exact(): SourceDocument {
    this.parsed ??= parseSource(this.file, this.text);
    return this.parsed;
  }
}
