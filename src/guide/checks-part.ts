import { networkRules } from '../check/network-rules.js';
import { issueRules, newsletterRules } from '../check/table.js';
import { code, markdownTable, sentence } from './markdown-table.js';

/** What `obn check` finds, and what to do about it. */
export function checksPart(): string {
  const rows = [...issueRules, ...newsletterRules].map(({ name, severity, summary, remedy }) => [
    ...[code(name), severity, summary, sentence(remedy)],
  ]);
  const network = networkRules.map(({ name, severity, summary, flag }) => [
    ...[code(name), severity, summary, `Only with \`${flag}\`.`],
  ]);
  return [
    '## Checks',
    '`obn check` prints each finding with file, line and column. An error stops a send; a warning does not. To turn a rule off for one place, add a comment with a reason: `# obn-ignore link/duplicate: both are meant`.',
    markdownTable(['rule', 'severity', 'finds', 'what to do'], [...rows, ...network]),
  ].join('\n\n');
}
