// docs/checks.md, made from the rules themselves: `node scripts/checks-document.js` writes it, a test compares it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INTRODUCTION = `# What \`obn check\` looks for

\`obn check\` reads every issue, the list and the configuration; \`obn send\` asks the same of the issue that it is about to
send, and refuses it when there is an error. Every finding names its file, line and column, and says what to do.

A finding that is meant to be can be switched off, with a reason:

- in one place, by a comment in the YAML: \`# obn-ignore link/duplicate: both say the same on purpose\`. At the end of a
  line it is about that line; after \`|\` about the block of text that begins there; on a line of its own about the next;
- everywhere, in obn.yaml:

  \`\`\`yaml
  check:
    off: { link/bare: our readers like to see addresses }
  \`\`\`

With \`--strict\`, warnings fail as errors do. \`--format github\` makes annotations of a pull request. \`--links\` asks every
address whether it is still there, and \`--spam\` asks SpamAssassin.
`;

/**
 * @typedef {import('../src/check/rule.js').IssueRule | import('../src/check/rule.js').NewsletterRule} Rule
 * @typedef {import('../src/check/example.js').Example} Example
 */

/** @param {readonly Rule[]} rules */
export function checksDocument(rules) {
  const rows = rules.map(({ name, severity, summary }) => {
    const id = name.replace('/', '');
    return `| [\`${name}\`](#${id}) | ${severity} | ${summary.replaceAll('|', '\\|')} |`;
  });
  const parts = rules.map(({ name, severity, summary, remedy, bad, good }) =>
    [
      `### ${name}`,
      `${severity === 'error' ? 'Error' : 'Warning'}: ${summary}.`,
      `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
      ...shown('Found', bad),
      ...shown('Not found', good),
    ].join('\n\n'),
  );
  const table = ['| rule | severity | finds |', '| --- | --- | --- |', ...rows].join('\n');
  return `${[INTRODUCTION, '## The rules\n', table, ...parts].join('\n').replaceAll('\n### ', '\n\n### ')}\n`;
}

/**
 * An example as far as it is text, cut where it is long.
 * @param {string} title
 * @param {Example} example
 */
function shown(title, { issue, config, list, files = {} }) {
  const texts = [
    ['an issue', 'yaml', issue],
    ['obn.yaml', 'yaml', config],
    ['the list', 'csv', list],
    ...Object.entries(files).map(([name, text]) => [
      name,
      name.endsWith('.hbs') ? 'handlebars' : 'yaml',
      text,
    ]),
  ];
  return texts
    .filter(([, , text]) => text !== undefined)
    .map(
      ([where, language, text]) => `${title}, in ${where}:\n\n\`\`\`${language}\n${cut(text ?? '')}\n\`\`\``,
    );
}

/** @param {string} text */
function cut(text) {
  const lines = text.trimEnd().split('\n');
  const few = lines.length > 12 ? [...lines.slice(0, 6), '…'] : lines;
  return few.map((line) => (line.length > 110 ? `${line.slice(0, 100)}…` : line)).join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(import.meta.dirname, '..');
  const { issueRules, newsletterRules } = await import(join(root, 'dist/check/table.js'));
  writeFileSync(join(root, 'docs/checks.md'), checksDocument([...issueRules, ...newsletterRules]));
}
