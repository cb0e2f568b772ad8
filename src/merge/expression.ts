/** The content of the braces of a merge field. */
export type Expression =
  /** A column of the subscriber list, with a fallback for readers without a value. */
  | { readonly kind: 'field'; readonly name: string; readonly fallback?: string }
  /** A value that is the same for everybody, such as `newsletter.name`. */
  | { readonly kind: 'constant'; readonly path: readonly [string, ...string[]] }
  /** Another Markdown file, `snippets/NAME.md`, that replaces it. */
  | { readonly kind: 'snippet'; readonly name: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** A merge field for a column of the subscriber list. */
export type MergeField = Extract<Expression, { kind: 'field' }>;

export interface Occurrence {
  /** The whole expression with its braces, as written. */
  readonly source: string;
  /** The start, in UTF-16 code units. */
  readonly offset: number;
  readonly expression: Expression;
}

/** How each form of a merge field is written, and what readers see in its place. */
export const MERGE_FORMS: readonly {
  readonly example: string;
  readonly kind: Exclude<Expression['kind'], 'invalid'>;
  readonly meaning: string;
}[] = [
  {
    example: '{{default first_name "there"}}',
    kind: 'field',
    meaning: 'the column `first_name` of the subscriber list, or `there` for readers without a value',
  },
  {
    example: '{{first_name}}',
    kind: 'field',
    meaning: 'the column alone; obn refuses to send if a recipient has no value',
  },
  { example: '{{newsletter.name}}', kind: 'constant', meaning: 'a value of `newsletter` in obn.yaml' },
  {
    example: '{{issue.number}}',
    kind: 'constant',
    meaning: 'a value of the issue, such as its number or title',
  },
  { example: '{{> disclosure}}', kind: 'snippet', meaning: 'the Markdown in `snippets/disclosure.md`' },
];

const EXPRESSION = /\{\{([^{}\n]*)\}\}/g;
const NAME = String.raw`[\p{L}_][\p{L}\p{N}_-]*`;
const FIELD = new RegExp(`^${NAME}$`, 'u');
const PATH = new RegExp(`^(newsletter|issue)((?:\\.${NAME})+)$`, 'u');
const DEFAULT = new RegExp(`^default\\s+(${NAME})\\s+(?:"([^"]*)"|'([^']*)')$`, 'u');
const SNIPPET = /^>\s*([A-Za-z0-9][A-Za-z0-9_-]*)$/;

/** Parses the text between `{{` and `}}`. */
export function parseExpression(inner: string): Expression {
  const text = inner.trim();
  const constant = PATH.exec(text);
  if (constant) {
    const [head, ...rest] = text.split('.');
    return { kind: 'constant', path: [head ?? '', ...rest] };
  }
  const withDefault = DEFAULT.exec(text);
  if (withDefault) {
    const fallback = withDefault[2] ?? withDefault[3] ?? '';
    return { kind: 'field', name: columnName(withDefault[1] ?? ''), fallback };
  }
  const snippet = SNIPPET.exec(text);
  if (snippet) return { kind: 'snippet', name: snippet[1] ?? '' };
  if (FIELD.test(text)) return { kind: 'field', name: columnName(text) };
  return { kind: 'invalid', reason: invalidReason(text) };
}

function invalidReason(text: string): string {
  if (text === '') return 'the braces are empty';
  if (/^[#/^!&]/.test(text)) return 'merge fields have no blocks, conditions or comments';
  if (text.startsWith('>')) return 'the name of a snippet can contain letters, digits, - and _';
  if (text.startsWith('default')) return 'write a fallback as {{default first_name "there"}}';
  return 'a merge field names a column of the list, such as {{first_name}}';
}

/** Replaces every merge field of a text. */
export function replaceExpressions(text: string, replace: (occurrence: Occurrence) => string): string {
  return text.replace(EXPRESSION, (source, inner: string, offset: number) =>
    replace({ source, offset, expression: parseExpression(inner) }),
  );
}

/** The merge field that begins at `start`; undefined when there is none. */
export function expressionAt(text: string, start: number): Occurrence | undefined {
  const sticky = new RegExp(EXPRESSION.source, 'y');
  sticky.lastIndex = start;
  const match = sticky.exec(text);
  return match ? { source: match[0], offset: start, expression: parseExpression(match[1] ?? '') } : undefined;
}

/** The name of a column in merge fields and queries: `First Name` is `first_name`. */
export function columnName(header: string): string {
  return header
    .replace(/\p{Cf}+/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}
