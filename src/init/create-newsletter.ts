import { join, relative, resolve } from 'node:path';
import { DateTime } from 'luxon';
import { SAMPLE_LIST } from '../audience/samples.js';
import { CONFIG_FILE } from '../config/load.js';
import { configText, type NewsletterFacts } from '../config/starter.js';
import { usageError } from '../findings/error.js';
import { issueFileName, scaffoldIssue, usualOutline } from '../issue/scaffold.js';
import { createFile, exists, OWNER_ONLY, readUtf8, writeFile } from '../platform/files.js';
import type { Host } from '../platform/host.js';
import { version } from '../platform/version.js';
import { IGNORED } from './ignored.js';
import { schemaFile, writeSchemas } from './schemas.js';
import { workflowFiles } from './workflows.js';

/**
 * The folder of a new newsletter.
 * @param dir relative to the host's folder; default: that folder @throws ObnError (usage) if it already has a newsletter
 */
export function newNewsletterFolder({ cwd }: Pick<Host, 'cwd'>, dir = '.'): string {
  const root = resolve(cwd, dir);
  if (!hasNewsletter(root)) return root;
  const config = join(root, CONFIG_FILE);
  const hint = 'nothing was changed; create the next issue with `obn new`';
  throw usageError(`${relative(cwd, config)} already exists`, hint);
}

/** Whether a folder has an obn.yaml. */
export function hasNewsletter(root: string): boolean {
  return exists(join(root, CONFIG_FILE));
}

/**
 * Creates a newsletter: configuration, a sample issue, sample readers, workflows and schemas. Existing files stay
 * unchanged, except that missing lines are added to .gitignore.
 * @param root its folder, as {@link newNewsletterFolder} returns it @returns the written files, within the folder
 */
export async function createNewsletter(
  { clock }: Pick<Host, 'clock'>,
  root: string,
  facts: NewsletterFacts,
): Promise<string[]> {
  const written: string[] = [];
  for (const [file, text, mode] of await starterFiles(facts, clock.now())) {
    if (await createFile(join(root, file), text, mode)) written.push(file);
  }
  if (await ignore(join(root, '.gitignore'))) written.push('.gitignore');
  await writeSchemas(root);
  return written;
}

async function starterFiles(
  facts: NewsletterFacts,
  now: number,
): Promise<[file: string, text: string, mode?: number][]> {
  const date = DateTime.fromMillis(now, { zone: 'UTC' }).toFormat('yyyy-MM-dd');
  const title = 'Hello, World';
  const schema = `../${schemaFile('issue')}`;
  const scaffold = { number: 1, title, date, author: facts.from.name, outline: usualOutline(), schema };
  return [
    [CONFIG_FILE, configText(facts, schemaFile('config'))],
    [join('issues', issueFileName(1, title)), await scaffoldIssue(scaffold)],
    ['subscribers.csv', SAMPLE_LIST, OWNER_ONLY],
    ...workflowFiles(version),
  ];
}

async function ignore(path: string): Promise<boolean> {
  const before = exists(path) ? await readUtf8(path) : '';
  const lacking = IGNORED.filter((line) => !before.split(/\r?\n/).includes(line));
  if (lacking.length === 0) return false;
  const separator = before === '' || before.endsWith('\n') ? '' : '\n';
  await writeFile(path, `${before}${separator}${lacking.join('\n')}\n`);
  return true;
}
