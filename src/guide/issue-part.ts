import { causes } from '../document/causes/table.js';
import { issueFileName, scaffoldIssue, usualOutline } from '../issue/scaffold.js';
import { issueSchema } from '../issue/schema.js';
import { fieldRows } from '../templates/field-rows.js';
import { code, markdownTable } from './markdown-table.js';
import { SAMPLE } from './sample.js';
import { keysTable } from './sections-part.js';

const ISSUE = { number: 3, title: 'When the queue runs dry' } as const;

/** The file of an issue: an example, its keys, and how YAML wants values written. */
export async function issuePart(): Promise<string> {
  const file = issueFileName(ISSUE.number, ISSUE.title);
  const outline = usualOutline();
  const schema = '../.obn/schema/issue.schema.json';
  const example = await scaffoldIssue({ ...ISSUE, ...SAMPLE, outline, schema });
  return [
    '## An issue',
    `An issue is a YAML file in \`issues/\`. Its name begins with its number: \`issues/${file}\`. \`obn new\` writes this:`,
    `\`\`\`yaml\n${example.trimEnd()}\n\`\`\``,
    '### Keys',
    keysTable(fieldRows(issueSchema)),
    '### YAML',
    'Text below `key: |` can contain any characters. Indent it two spaces more than its key. A value on the line of its key may need quotes:',
    yamlTable(),
  ].join('\n\n');
}

/** Corrections of single lines, from the causes that explain YAML errors. */
function yamlTable(): string {
  const rows = causes.flatMap(({ examples }) => {
    const single = examples.find(([bad]) => /^title:[\x20-\x7e]*\n?$/.test(bad));
    if (!single) return [];
    const [bad, corrected] = single;
    return [[code(bad.trim()), code(corrected.trim())]];
  });
  return markdownTable(['not', 'but'], rows);
}
