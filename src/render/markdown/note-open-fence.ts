import type { MarkdownIt, StateBlock } from 'markdown-it';
import type { MarkdownEnv } from './markdown-env.js';

const FENCE = /^(`{3,}(?=[^`]*$)|~{3,})/;

/** Notes the code blocks that no line ends: everything below them is code (CommonMark 0.31, 4.5). */
export function noteOpenFence({ block }: MarkdownIt): void {
  block.ruler.before('fence', 'open-fence', (state, line, end, silent) => {
    const fence = silent || isIndented(state, line) ? undefined : FENCE.exec(lineAt(state, line))?.[1];
    if (fence !== undefined && !isClosed(state, line, end, fence)) {
      const { found, map } = state.env as MarkdownEnv;
      found.flaw({ kind: 'open-fence', text: lineAt(state, line) }, map.at(startOf(state, line)));
    }
    return false;
  });
}

function isClosed(state: StateBlock, first: number, end: number, fence: string): boolean {
  for (let line = first + 1; line < end; line++) {
    const leaves = (state.sCount[line] ?? 0) < state.blkIndent && !state.isEmpty(line);
    if (leaves) return false;
    const text = lineAt(state, line).trimEnd();
    const isFence = text.length >= fence.length && text === (fence[0] ?? '').repeat(text.length);
    if (isFence && !isIndented(state, line)) return true;
  }
  return false;
}

function isIndented({ sCount, blkIndent }: StateBlock, line: number): boolean {
  return (sCount[line] ?? 0) - blkIndent >= 4;
}

function startOf({ bMarks, tShift }: StateBlock, line: number): number {
  return (bMarks[line] ?? 0) + (tShift[line] ?? 0);
}

function lineAt(state: StateBlock, line: number): string {
  return state.src.slice(startOf(state, line), state.eMarks[line]);
}
