// docs/checks.md, generated from the rules: `npm run docs` writes it, and a test compares it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LABELS = { error: 'Error', warning: 'Warning', info: 'Info' };

const INTRODUCTION = `# What \`obn check\` looks for

\`obn check\` reads every issue, the list and the configuration. \`obn send\` runs the same checks on the issue that you send,
and refuses to send it if there is an error. Every finding names its file, line and column, and says what to do.

To keep something on purpose, switch the finding off, with a reason:

- In one place, with a comment in the YAML: \`# obn-ignore link/duplicate: both links are intended\`. At the end of a line, it
  applies to that line. After \`|\`, it applies to the block of text that begins there. On a line of its own, it applies to
  what begins on the next line, such as a field, an item or a whole section. obn reports a comment without effect.
- Everywhere, in obn.yaml:

  \`\`\`yaml
  check:
    off: { link/bare: our readers like to see addresses, list/missing: CI has no list }
  \`\`\`

With \`--strict\`, a warning also fails the check. An info never does. \`--format github\` adds annotations to a pull request.
`;

const READINGS = `## Checks before the rules
`;

const NETWORK = `## Checks with the network or SpamAssassin

\`--links\` requests every link and every image on the web, to see whether it still works. It skips URLs with a merge field.
It requests the headers only, eight addresses at a time and two per host. It does not request an address again within a
day after a good answer (\`.obn/cache/links.json\`). Some sites, such as LinkedIn, X and Instagram, block programs. obn trusts
them only when they answer that a page is gone. An answer of 429 says nothing about the page.

obn requests no private address: no address of this machine, of its network, or of a reserved range, also when a name
resolves to one. Such a link is a warning. \`--allow-private\` requests the private addresses that are in the issue, for
example for a newsletter inside a company. obn never follows a redirect from a public site to a private address.

\`--spam\` runs SpamAssassin on this machine (\`apt install spamassassin\`) on the message as it is sent. SpamAssassin makes no
network requests and learns nothing from the message. obn shows the score with every rule that matched. Most of what a
reader's spam filter considers is not in the message: DKIM, SPF, and the reputation of your domain.
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
  const networkRows = networkRules.map(
    ({ name, severity, summary, flag }) => `| \`${name}\` | ${severity} | ${summary} | \`${flag}\` |`,
  );
  const networkTable = [
    '| rule | severity | finds | with |',
    '| --- | --- | --- | --- |',
    ...networkRows,
  ].join('\n');
  const read = readings.map(({ name, severity, summary, stays }) => {
    const off = stays === undefined ? 'yes' : `no: ${stays}`;
    return `| \`${name}\` | ${severity} | ${summary} | ${off} |`;
  });
  const readTable = [
    '| name | severity | finds | can be switched off |',
    '| --- | --- | --- | --- |',
    ...read,
  ].join('\n');
  const texts = [INTRODUCTION, READINGS, readTable, `\n${NETWORK}`, networkTable, '\n## The rules\n', table];
  return `${[...texts, ...parts].join('\n').replaceAll('\n### ', '\n\n### ')}\n`;
}

/**
 * The texts of an example, shortened if they are long.
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
