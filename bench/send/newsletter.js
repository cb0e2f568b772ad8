// A newsletter in a temporary folder, with an issue that makes messages of 30 kB.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { compileFirstIssue } from './product.js';

const ROOT = dirname(dirname(import.meta.dirname));

/** Hands a temporary folder to `work` and removes it afterwards. */
export async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'obn-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Creates the repository's newsletter with part of issue 3, which greets by name, as its only issue. */
export function makeNewsletter(root, { connections = 20, mode = 'single' } = {}) {
  const { theme: _, ...config } = parse(readFileSync(join(ROOT, 'obn.yaml'), 'utf8'));
  const audience = { ...config.audience, file: 'subscribers.csv' };
  const smtp = { ...config.smtp, connections };
  mkdirSync(join(root, 'issues'));
  cpSync(join(ROOT, 'snippets'), join(root, 'snippets'), { recursive: true });
  cpSync(join(ROOT, 'subscribers.example.csv'), join(root, 'subscribers.csv'));
  writeFileSync(
    join(root, 'obn.yaml'),
    stringify({ ...config, audience, smtp, ses: { ...config.ses, mode } }),
  );
  writeFileSync(join(root, 'issues/001-bench.yaml'), stringify(shortIssue()));
}

/** The intro, one story without its image, the final thoughts and the end: a message of 30 kB. */
function shortIssue() {
  const file = readdirSync(join(ROOT, 'issues')).find((name) => name.startsWith('003-'));
  const issue = parse(readFileSync(join(ROOT, 'issues', file), 'utf8'));
  const of = (type) => issue.sections.filter((section) => section.type === type);
  const story = of('story').find((section) => !section.image);
  return { ...issue, number: 1, sections: [...of('intro'), story, ...of('closing'), ...of('signoff')] };
}

/** The message of such a newsletter in a file of the folder, for processes that send it. */
export async function writeMessage(folder) {
  const root = join(folder, 'newsletter');
  mkdirSync(root);
  makeNewsletter(root);
  const message = await compileFirstIssue(root);
  const file = join(folder, 'message.json');
  writeFileSync(file, JSON.stringify(message));
  return { message, file };
}
