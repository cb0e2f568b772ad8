import type { Finding, Severity } from '../../findings/finding.js';
import { visible } from '../../findings/visible.js';
import { plural } from '../../text/plural.js';
import type { Style } from './style.js';

/** Each finding as `file:line:column severity rule message`, with its source line and its hint. A repeated hint is printed once. */
export function findingsText(findings: readonly Finding[], style: Style): string {
  const said = new Set<string>();
  return findings
    .map((finding) => {
      const { hint, ...rest } = finding;
      const key = `${finding.rule} ${hint}`;
      const text = findingText(said.has(key) ? rest : finding, style);
      said.add(key);
      return text;
    })
    .join('\n');
}

const COLORS = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

function findingText(
  { file, line, column, severity, rule, message, hint, excerpt }: Finding,
  style: Style,
): string {
  const severityText = style[COLORS[severity]](severity);
  const head = `${style.bold(`${visible(file)}:${line}:${column}`)} ${severityText} ${style.dim(rule)} ${visible(message)}`;
  const lines = [head];
  if (excerpt?.trim()) lines.push(...frame(excerpt, line, column, style));
  if (hint) lines.push(`    ${style.cyan(visible(hint))}`);
  return lines.join('\n');
}

const WIDTH = 100;

function frame(excerpt: string, line: number, column: number, style: Style): string[] {
  const start = Math.max(0, column - 1 - WIDTH / 2);
  const shown = excerpt.slice(start, start + WIDTH).replace(/\p{Cc}/gu, ' ');
  const gutter = String(line);
  const marker = `${' '.repeat(gutter.length)} | ${' '.repeat(column - 1 - start)}^`;
  return [style.dim(`    ${gutter} | ${shown}`), style.dim(`    ${marker}`)];
}

export function summary(findings: readonly Finding[]): { errors: number; warnings: number; text: string } {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const [errors, warnings, infos] = [count('error'), count('warning'), count('info')];
  const more = infos > 0 ? `, ${infos.toLocaleString('en')} info` : '';
  const text = `${plural(errors, 'error')}, ${plural(warnings, 'warning')}${more}`;
  return { errors, warnings, text };
}
