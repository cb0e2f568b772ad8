import { parse, stringify } from 'yaml';
import { checkIssue, checkNewsletter, openList } from '../../src/check/check.js';
import type { Example } from '../../src/check/example.js';
import { openNewsletter } from '../../src/config/load.js';
import type { Finding } from '../../src/findings/finding.js';
import { readAllIssues } from '../../src/issue/store.js';
import { issueText, makeNewsletter, type TestNewsletter } from '../support/newsletter.js';
import { png } from '../support/picture.js';

const NOW = Date.UTC(2026, 5, 1);

/** Makes a newsletter of one issue that contains an example. */
export function newsletterOf(example: Example): TestNewsletter {
  const files: Record<string, string | null> = { 'issues/002-second.yaml': null };
  files['issues/001-first.yaml'] = complete(example.issue ?? '', issueText(1, 'The first one'));
  if (example.list !== undefined) files['subscribers.csv'] = example.list;
  for (const [name, text] of Object.entries(example.files ?? {})) {
    files[name] = /^issues\/.*\.yaml$/.test(name) ? complete(text, issueText(1, 'Another one')) : text;
  }
  const newsletter = makeNewsletter(files);
  if (example.config !== undefined) {
    newsletter.write('obn.yaml', complete(example.config, newsletter.read('obn.yaml')));
  }
  for (const [name, { width, height }] of Object.entries(example.pictures ?? {})) {
    newsletter.write(`issues/${name}`, png(width, height));
  }
  return newsletter;
}

/** Every finding in it. */
export async function findingsOf(newsletter: TestNewsletter): Promise<Finding[]> {
  const opened = await openNewsletter(newsletter.root, {
    OBN_SECRET: 'secret',
    SMTP_URL: 'smtp://localhost',
  });
  const all = await readAllIssues(opened);
  const issues = all.flatMap(({ parsed }) => ('issue' in parsed ? [parsed.issue] : []));
  const { findings, list } = await checkNewsletter(opened, issues, () => openList(opened), {
    numbers: all.map(({ file }) => file.number),
  });
  for (const { file, parsed } of all) {
    if ('findings' in parsed) findings.push(...parsed.findings);
    else findings.push(...(await checkIssue(opened, file, parsed.issue, list, { now: NOW })).findings);
  }
  return findings;
}

/** A YAML text with the missing keys from another one. */
function complete(text: string, base: string): string {
  const own = (parse(text) ?? {}) as Record<string, unknown>;
  const rest = Object.entries(parse(base) as Record<string, unknown>).filter(([key]) => !(key in own));
  const before = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return rest.length === 0 ? before : before + stringify(Object.fromEntries(rest));
}
