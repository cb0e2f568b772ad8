import type { Result } from '../../doctor/examine.js';
import { visible } from '../../findings/visible.js';
import { columns } from '../../text/columns.js';
import type { Style } from './style.js';

/** One line for each check, and the remedy below each failed check. */
export function doctorText(
  results: readonly Result[],
  { passed, failed, skipped }: Readonly<Record<Result['state'], number>>,
  style: Style,
): string {
  const marks = { passed: style.green('✓'), failed: style.red('✗'), skipped: style.dim('-') };
  const table = columns(
    results.map(({ name, state, message }) => {
      const text = visible(message);
      return [marks[state], name, state === 'skipped' ? style.dim(text) : text];
    }),
  ).split('\n');
  const lines = results.flatMap((result, index) => {
    const line = table[index] ?? '';
    return result.state === 'failed' ? [line, `    ${style.cyan(visible(result.remedy))}`] : [line];
  });
  const counts = [`${passed} passed`, `${failed} failed`, `${skipped} skipped`].join(', ');
  return [...lines, '', failed > 0 ? style.red(counts) : style.green(counts)].join('\n');
}

/** A check in the document of `obn doctor --json`. */
export function resultJson(result: Result) {
  const { name, state, message } = result;
  return { name, state, message, remedy: result.state === 'failed' ? result.remedy : null };
}
