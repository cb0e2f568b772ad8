// How long a person waits for an issue, against MJML's own command line, and how many readers it is filled for.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compare } from './compare.js';
import { shown, summary } from './statistics.js';
import { table } from './table.js';

const root = dirname(import.meta.dirname);
const require = createRequire(import.meta.url);
const obn = (...args) => [process.execPath, join(root, 'bin/obn.js'), ...args];
const ISSUE = '3';
const READERS = 100_000;
const ROUNDS = 5;

/** Whole processes, in turn, against MJML's own command line. */
function processes(folder) {
  spawnSync(process.execPath, [join(root, 'bin/obn.js'), 'render', ISSUE, '--out', folder], { cwd: root });
  const input = join(folder, 'input.mjml');
  writeFileSync(input, readFileSync(join(folder, 'email.mjml')));
  const mjml = join(dirname(require.resolve('mjml/package.json')), 'bin/mjml');
  const theirs = [process.execPath, mjml, input, '-o', join(folder, 'mjml.html')];
  const rows = [
    ['check', obn('check', ISSUE)],
    ['render', obn('render', ISSUE, '--out', join(folder, 'out'))],
  ].map(([command, ours]) => {
    const { a, b, ratio } = compare(ours, theirs, { cwd: root });
    return [`obn ${command} ${ISSUE}`, a.median.toFixed(0), b.median.toFixed(0), shown(ratio, 2), '<= 1.3'];
  });
  return table(['command', 'ms', 'mjml of the same MJML, ms', 'ratio', 'aim'], rows);
}

/** The issue of this repository, filled for one reader after the other in one process. */
async function filling(say) {
  const { openNewsletter } = await import('../dist/config/load.js');
  const { findIssueFile, openIssue } = await import('../dist/issue/store.js');
  const { renderIssue } = await import('../dist/render/render.js');
  const { compileMessage } = await import('../dist/message/compiled.js');
  const { MessageWriter } = await import('../dist/message/writer.js');
  const newsletter = await openNewsletter(root, {});
  const issue = await openIssue(await findIssueFile(newsletter, ISSUE));
  const message = compileMessage(await renderIssue(issue, newsletter), newsletter.config);
  const writer = new MessageWriter(message, { secret: 'a secret for the bench alone' });
  const ways = {
    'HTML and text': (reader) => {
      const { html, text } = writer.read(reader);
      // Looking at a letter makes V8 put the pieces together, which it would put off for ever otherwise.
      if (html.charCodeAt(0) !== 60 || Number.isNaN(text.charCodeAt(0)))
        throw new Error('nothing was filled');
      return html.length + text.length;
    },
    'the message in bytes, with its header': (reader) => writer.write(reader, 0).raw().length,
  };
  const rows = Object.entries(ways).map(([way, fill], index) => {
    const rounds = Array.from({ length: ROUNDS }, () => fillAll(fill));
    const rate = shown(summary(rounds.map(({ perSecond }) => perSecond)));
    say(`${way}: ${rate} a second`);
    const cpu = shown(summary(rounds.map(({ cpuUs }) => cpuUs)), 1);
    const length = Math.round(rounds[0].length / READERS).toLocaleString('en');
    return [way, rate, cpu, length, index === 0 ? '>= 50,000' : ''];
  });
  return table(['what is filled', 'fills a second', 'CPU µs a fill', 'characters or bytes', 'aim'], rows);
}

function fillAll(fill) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  let length = 0;
  for (let index = 0; index < READERS; index++) length += fill(readerAt(index));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: READERS / seconds, cpuUs: (user + system) / READERS, length };
}

function readerAt(index) {
  const address = `reader${index}@example.com`;
  const values = { first_name: `Reader ${index}` };
  return { address, key: address, name: '', values, reference: `bench-${index}` };
}

export const name = 'render';

export async function run(say) {
  const folder = mkdtempSync(join(tmpdir(), 'obn-bench-'));
  try {
    const blocks = [processes(folder), await filling(say)];
    return [
      ...blocks,
      `Whole processes in turn, 15 pairs; ${READERS.toLocaleString('en')} readers, ${ROUNDS} rounds.`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
