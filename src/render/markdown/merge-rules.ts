import type { MarkdownIt, StateBlock, StateInline, Token } from 'markdown-it';
import { expressionAt } from '../../merge/expression.js';
import { foreignFieldAt } from '../../merge/foreign-fields.js';
import { grouped, MAX_TEXT } from '../limits.js';
import { replaceField, replaceFields } from '../merge-text.js';
import type { SourceOffset } from '../source-offset.js';
import type { MarkdownEnv } from './markdown-env.js';

/** Maximum depth of nested snippets. */
const MAX_DEPTH = 5;

/** Adds merge fields and snippets to the Markdown syntax, so that braces in code stay literal. */
export function readMergeFields({ block, core, inline }: MarkdownIt): void {
  inline.ruler.before('text', 'merge', inlineField);
  inline.ruler.after('merge', 'foreign-merge', foreignField);
  block.ruler.before('paragraph', 'snippet', blockSnippet);
  core.ruler.push('titles', ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? []))
      fillTitle(token, env as MarkdownEnv);
  });
}

/** Notes a merge field of another program, and keeps it as it is written. */
function foreignField(state: StateInline, silent: boolean): boolean {
  const field = foreignFieldAt(state.src.slice(0, state.posMax), state.pos);
  if (!field) return false;
  const { found, map } = state.env as MarkdownEnv;
  const { source, message, hint } = field;
  if (!silent) {
    found.problem({ source, message, hint }, map.here());
    state.pending += source;
  }
  state.pos += source.length;
  return true;
}

function inlineField(state: StateInline, silent: boolean): boolean {
  if (!state.src.startsWith('{{', state.pos)) return false;
  const found = expressionAt(state.src, state.pos);
  if (!found || state.pos + found.source.length > state.posMax) return false;
  if (!silent) {
    const { expression, source } = found;
    const env = state.env as MarkdownEnv;
    const spot = env.map.here();
    if (expression.kind !== 'snippet') state.pending += replaceField(found, env.values, env.found, spot);
    else {
      const text = snippetText(env, expression.name, source, spot);
      if (text === undefined) state.pending += source;
      else {
        const place = inSnippet(expression.name, spot);
        nested(env, place, () => pushInline(state, text.trim()));
      }
    }
  }
  state.pos += found.source.length;
  return true;
}

/** Location in a nested snippet: the inner name, at the offset where the outer snippet is included. */
function inSnippet(name: string, { offset }: SourceOffset): SourceOffset {
  return { offset, snippet: name };
}

/** Parses text separately and inserts its tokens at the current position. */
function pushInline(state: StateInline, text: string): void {
  const tokens: Token[] = [];
  state.md.inline.parse(text, state.md, state.env, tokens);
  if (state.pending !== '') state.pushPending();
  for (const token of tokens) {
    token.level += state.level;
    state.tokens.push(token);
    state.tokens_meta.push(undefined);
  }
}

/** A snippet on its own line can contain several paragraphs. */
function blockSnippet(state: StateBlock, line: number, _end: number, silent: boolean): boolean {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  const text = state.src.slice(start, state.eMarks[line]).trim();
  if (!text.startsWith('{{')) return false;
  const found = expressionAt(text, 0);
  if (found?.expression.kind !== 'snippet' || found.source !== text) return false;
  const { name } = found.expression;
  const env = state.env as MarkdownEnv;
  const spot = env.map.at(start);
  const content = snippetText(env, name, found.source, spot);
  if (content === undefined) return false;
  if (silent) return true;
  const before = state.tokens.length;
  const place = inSnippet(name, spot);
  nested(env, place, () => state.md.block.parse(content, state.md, state.env, state.tokens));
  for (const token of state.tokens.slice(before)) env.map.include(token, place);
  state.line = line + 1;
  return true;
}

function snippetText(env: MarkdownEnv, name: string, source: string, spot: SourceOffset): string | undefined {
  const { values, found } = env;
  const text = values.snippet(name);
  if (text === undefined) {
    found.problem({ source, message: `refers to a missing snippet: snippets/${name}.md` }, spot);
    return undefined;
  }
  if (env.depth >= MAX_DEPTH) {
    found.problem({ source, message: `nests snippets more than ${MAX_DEPTH} deep` }, spot);
    return undefined;
  }
  const full = env.room < 0;
  env.room = full ? env.room : env.room - text.length;
  if (env.room >= 0) return text;
  const message = `makes this text longer than ${grouped(MAX_TEXT)} characters`;
  // Later text exceeds the limit for the same reason.
  if (!full) found.problem({ source, message, rule: 'text/limit' }, spot);
  return undefined;
}

function nested(env: MarkdownEnv, place: SourceOffset, parse: () => void): void {
  env.depth += 1;
  env.map.within(() => place, parse);
  env.depth -= 1;
}

/** Fills the merge fields in the title of a link or an image. */
function fillTitle(token: Token, { values, found, map }: MarkdownEnv): void {
  const title = token.attrGet('title');
  if (title === null) return;
  const words = String(title);
  const filled = replaceFields(words, values, found, (field) => map.after(map.of(token), words, field));
  token.attrSet('title', filled);
}
