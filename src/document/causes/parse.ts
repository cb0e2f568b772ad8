import {
  type Document,
  isScalar,
  Lexer,
  type LineCounter,
  type Node,
  Parser,
  parseDocument,
  visit,
  YAMLParseError,
} from 'yaml';

/** The limit for lists and mappings within each other. Each level is a recursive call, and no issue needs so many. */
export const MAX_NESTING = 100;

/** Parses a YAML text. The errors of the document include duplicate keys and nesting that is too deep. */
export function parseYaml(text: string, lineCounter?: LineCounter): Document<Node> {
  const deep = deepNesting(text);
  // The library compares every key of a mapping with every other.
  const options = { prettyErrors: false, uniqueKeys: false, ...(lineCounter && { lineCounter }) } as const;
  const yaml = parseDocument(text.slice(0, deep), options) as Document<Node>;
  if (deep !== undefined) markNesting(yaml, text, deep);
  if (yaml.errors.length === 0) markDuplicates(yaml);
  return yaml;
}

/** Errors on the lines above cause the nesting. Errors on the same line follow from cutting the text there. */
function markNesting(yaml: Document, text: string, deep: number): void {
  const line = text.lastIndexOf('\n', deep - 1) + 1;
  if (yaml.errors.some(({ pos }) => pos[0] < line)) return;
  yaml.errors = [errorAt(deep, 'RESOURCE_EXHAUSTION', 'Too many levels')];
}

/**
 * The offset of the first list or mapping that is nested too deep.
 * Composing such a text can end the process: V8 aborts when it compiles a regular expression on a full stack.
 */
function deepNesting(text: string): number | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    const start = parser.offset;
    for (const _ of parser.next(lexeme));
    if (parser.stack.length <= MAX_NESTING) continue;
    const collections = parser.stack.filter(({ type }) =>
      /^(?:block-(?:map|seq)|flow-collection)$/.test(type),
    );
    if (collections.length > MAX_NESTING) return Math.min(start, text.length);
  }
  return undefined;
}

function markDuplicates(yaml: Document): void {
  visit(yaml, {
    Map(_, { items }) {
      const known = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const [start = 0] = key.range ?? [];
        if (known.has(key.value))
          yaml.errors.push(errorAt(start, 'DUPLICATE_KEY', 'Map keys must be unique'));
        known.add(key.value);
      }
    },
  });
}

function errorAt(offset: number, code: YAMLParseError['code'], message: string): YAMLParseError {
  return new YAMLParseError([offset, offset + 1], code, message);
}
