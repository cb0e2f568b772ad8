import type { Finding } from './finding.js';
import { visible } from './visible.js';

/** A finding as a workflow command of GitHub Actions, which becomes an annotation. */
export function githubAnnotation({ file, line, column, severity, rule, message, hint }: Finding): string {
  const data = (text: string) =>
    visible(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const place = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
  return `::${severity === 'info' ? 'notice' : severity} ${place}::${data(hint ? `${message}; ${hint}` : message)}`;
}
