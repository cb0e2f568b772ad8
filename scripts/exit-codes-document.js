// docs/exit-codes.md, made from the table of commands: `npm run docs` writes it, a test compares it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const INTRODUCTION = `# Exit codes

\`obn COMMAND --help\` ends with the exit codes of the command. \`obn help --json\` prints all of them as data.
`;

const TABLE = `
## Every outcome

The first rows apply to every command. Each row has a test that runs the command.
`;

/** @param {import('../src/commands/support/commands-document.js').CommandsDocument} document */
export function exitCodesDocument({ commands, outcomes, exit_codes: codes }) {
  const meanings = codes.map(({ code, means }) => `| ${code} | ${means} |`);
  const all = [{ name: '', outcomes }, ...commands];
  const rows = all.flatMap(({ name, outcomes: own }) =>
    own.map(({ code, when }) => `| ${name === '' ? 'any' : `\`obn ${name}\``} | ${code} | ${when} |`),
  );
  const parts = [
    INTRODUCTION,
    ...['| exit code | means |', '| --- | --- |', ...meanings],
    TABLE,
    ...['| command | exit code | when |', '| --- | --- | --- |', ...rows],
  ];
  return `${parts.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(import.meta.dirname, '..');
  const { commands } = await import(join(root, 'dist/commands/table.js'));
  const { commandsDocument } = await import(join(root, 'dist/commands/support/commands-document.js'));
  writeFileSync(join(root, 'docs/exit-codes.md'), exitCodesDocument(await commandsDocument(commands)));
}
