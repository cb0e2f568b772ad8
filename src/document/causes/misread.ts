import { type Document, isAlias, isScalar, type Scalar, visit } from 'yaml';
import type { Position } from '../../findings/finding.js';
import { entryOf, quoted, withValue } from './entry.js';
import { type Explained, positionIn, textLines, withCorrection } from './explain.js';
import { explainOddSpace, hasOddSpace } from './indentation.js';
import { MARK } from './quoting.js';

/** Text that YAML accepts but does not read as meant: it would be lost, or become part of a key. */
export function misread(text: string, yaml: Document, most: number): Explained[] {
  const control = controlCharacter(text);
  if (control) return [control];
  const found = [...lostMarks(text, yaml, most), ...oddSpaces(text, yaml, most)];
  return found.sort((a, b) => a.line - b.line).slice(0, most);
}

/** Characters that YAML 1.2 does not allow, and that no reader can see. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function controlCharacter(text: string): Explained | undefined {
  const at = text.search(CONTROL);
  if (at < 0) return undefined;
  const position = positionIn(text, at);
  if (/^(?:.\0|\0.){3}/s.test(text)) {
    return {
      ...position,
      message: 'the file seems to be UTF-16',
      hint: 'save the file with the encoding UTF-8',
    };
  }
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    ...position,
    message: `this is a control character (U+${code})`,
    hint: 'delete it and type the text again',
  };
}

/** `title: &amp now` is "now" with an anchor, and `title: ! now` is "now" with a tag. */
function lostMarks(text: string, yaml: Document, most: number): Explained[] {
  const used = new Set<string>();
  const marked: Scalar[] = [];
  visit(yaml, (_, node) => {
    if (isAlias(node)) used.add(node.source);
    if (isScalar(node) && (node.anchor !== undefined || node.tag !== undefined)) marked.push(node);
  });
  const isLostAnchor = ({ anchor }: Scalar) => anchor !== undefined && !used.has(anchor);
  const isLostTag = ({ tag }: Scalar) => tag !== undefined && !tag.startsWith('tag:yaml.org');
  return marked
    .filter((node) => isLostAnchor(node) || isLostTag(node))
    .slice(0, most)
    .map((node) => lostMark(text, node, isLostAnchor(node) ? `&${node.anchor}` : '!'));
}

function lostMark(text: string, { range }: Scalar, mark: string): Explained {
  const { line, column } = positionIn(text, range?.[0] ?? 0);
  const message = `YAML reads ${mark} as its own syntax and leaves it out of the text`;
  const start = entryOf(text.split('\n')[line - 1] ?? '')?.head.length;
  return {
    line,
    column: start === undefined ? column : start + 1,
    message,
    hint: quotingHint(text, { line }),
  };
}

/** The hint to put the value of a line in quotes, with the corrected line if the line has a value. */
export function quotingHint(text: string, { line }: Pick<Position, 'line'>): string {
  const hint = 'put the text in quotes';
  const entry = entryOf(text.split('\n')[line - 1] ?? '');
  if (!entry || !MARK.test(entry.value)) return hint;
  return `${hint}: ${withValue(entry, quoted(entry.value)).trim()}`;
}

function oddSpaces(text: string, yaml: Document, most: number): Explained[] {
  if (!hasOddSpace(text)) return [];
  const inText = textLines(text, yaml);
  const found: Explained[] = [];
  for (const [line, one] of text.split('\n').entries()) {
    const odd = inText.has(line) ? undefined : explainOddSpace(one);
    if (odd) found.push(withCorrection({ ...odd, line }, odd.corrections[0] ?? one));
    if (found.length === most) break;
  }
  return found;
}
