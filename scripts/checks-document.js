// docs/checks.md, made from the rules themselves: `npm run docs` writes it, a test compares it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LABELS = { error: 'Error', warning: 'Warning', info: 'Info' };

const INTRODUCTION = `# What \`obn check\` looks for

\`obn check\` reads every issue, the list and the configuration; \`obn send\` asks the same of the issue that it is about to
send, and refuses it when there is an error. Every finding names its file, line and column, and says what to do.

A finding that is meant to be can be switched off, with a reason:

- in one place, by a comment in the YAML: \`# obn-ignore link/duplicate: both say the same on purpose\`. At the end of a
  line it is about that line; after \`|\` about the block of text that begins there; on a line of its own about what begins
  on the next, such as a field, an item or a whole section. A comment that switches nothing off is found, too;
- everywhere, in obn.yaml:

  \`\`\`yaml
  check:
    off: { link/bare: our readers like to see addresses, list/missing: CI has no list }
  \`\`\`

With \`--strict\`, warnings fail as errors do; an info never fails. \`--format github\` makes annotations of a pull request.
`;

const READING = `## What is found before the rules are asked
`;

const ASKING = `## What is asked of others

\`--links\` asks the server of every link and picture of the web whether it is still there; addresses with a merge field are
left out. It asks for the head of the answer alone, of eight at a time and of two at one host, and does not ask again
within a day for what has had a good answer (\`.obn/cache/links.json\`). Sites that let no program in, such as LinkedIn, X
or Instagram, are believed only when they say that a page is gone. An answer of 429 says nothing of the page.

obn requests no private address: none of this machine, of its network, or of a reserved range, also where a name resolves
to one. Such a link is a warning. \`--allow-private\` requests those that are in the issue, for example for a newsletter
within a company. A public site never leads obn to a private address.

\`--spam\` gives the message as it is sent to the SpamAssassin of this machine (\`apt install spamassassin\`), which asks
nobody and learns nothing from it, and shows its score with every rule that it has met. Most of what decides at a
reader's own filter is not in the message: DKIM, SPF, and what is thought of your domain.
`;

/**
 * @typedef {import('../src/check/rule.js').IssueRule | import('../src/check/rule.js').NewsletterRule} Rule
 * @typedef {import('../src/check/network-rules.js').NetworkRule} NetworkRule
 * @typedef {import('../src/check/readings.js').Reading} Reading
 * @typedef {import('../src/check/example.js').Example} Example
 */

/**
 * @param {readonly Rule[]} rules
 * @param {readonly NetworkRule[]} networkRules
 * @param {readonly Reading[]} readings
 */
export function checksDocument(rules, networkRules, readings) {
  const rows = rules.map(({ name, severity, summary }) => {
    const id = name.replace('/', '');
    return `| [\`${name}\`](#${id}) | ${severity} | ${summary.replaceAll('|', '\\|')} |`;
  });
  const parts = rules.map(({ name, severity, summary, remedy, bad, good }) =>
    [
      `### ${name}`,
      `${LABELS[severity]}: ${summary}.`,
      `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
      ...shown('Found', bad),
      ...shown('Not found', good),
    ].join('\n\n'),
  );
  const table = ['| rule | severity | finds |', '| --- | --- | --- |', ...rows].join('\n');
  const asked = networkRules.map(
    ({ name, severity, summary, flag }) => `| \`${name}\` | ${severity} | ${summary} | \`${flag}\` |`,
  );
  const askedTable = ['| rule | severity | finds | with |', '| --- | --- | --- | --- |', ...asked].join('\n');
  const read = readings.map(({ name, severity, summary, stays }) => {
    const off = stays === undefined ? 'yes' : `no: ${stays}`;
    return `| \`${name}\` | ${severity} | ${summary} | ${off} |`;
  });
  const readTable = [
    '| name | severity | finds | can be switched off |',
    '| --- | --- | --- | --- |',
    ...read,
  ].join('\n');
  const texts = [INTRODUCTION, READING, readTable, `\n${ASKING}`, askedTable, '\n## The rules\n', table];
  return `${[...texts, ...parts].join('\n').replaceAll('\n### ', '\n\n### ')}\n`;
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
  const { networkRules } = await import(join(root, 'dist/check/network-rules.js'));
  const { readings } = await import(join(root, 'dist/check/readings.js'));
  writeFileSync(
    join(root, 'docs/checks.md'),
    checksDocument([...issueRules, ...newsletterRules], networkRules, readings),
  );
}
