import { checksPart } from './checks-part.js';
import { commandsPart, type GuideCommands } from './commands-part.js';
import { issuePart } from './issue-part.js';
import { mergePart } from './merge-part.js';
import { sectionsPart } from './sections-part.js';

const INTRODUCTION = `# Write this newsletter with obn

This page has everything that is needed to write a valid issue. People and coding agents can follow it. \`obn guide\` prints it from the same tables that obn itself uses.

1. \`obn new "A title"\` writes the next issue with one sample of each usual section.
2. Replace every sample text. Delete the sections that you do not need.
3. \`obn check 3 --json\` lists what is wrong in issue 3. Fix each finding at its line, and run it again until it finds nothing.
4. \`obn render 3\` writes the email and the web page to \`.obn/render/3\`. \`obn preview 3\` shows both in a browser.
5. \`obn send 3 --dry-run\` prints who would get it, and sends nothing.

Coding agents: change only files in \`issues/\` and \`snippets/\`. Keep \`draft: true\`, and do not run \`obn send\` without \`--dry-run\`, unless the author asks for it. Never read or change \`.obn/\` or the subscriber list: they hold personal data.`;

/**
 * The guide for authors and their coding agents: one Markdown page.
 * @param commands what `obn help --json` prints
 */
export async function guideText(commands: GuideCommands): Promise<string> {
  const parts = [
    INTRODUCTION,
    await issuePart(),
    await sectionsPart(),
    mergePart(),
    checksPart(),
    commandsPart(commands),
  ];
  return `${parts.join('\n\n')}\n`;
}
