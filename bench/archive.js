// How long the archive of a newsletter of many years takes, from nothing and after one change, against generators of
// static sites that render the same issues from Markdown.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { issueFile, issueMarkdown, issueText, writeNewsletter } from './archive/corpus.js';
import { isComplete, makeEleventy, makeHugo, withPagefind } from './archive/generators.js';
import { compare } from './compare.js';
import { shown, summary } from './statistics.js';
import { table } from './table.js';

const PROGRAM = join(dirname(import.meta.dirname), 'bin/obn.js');
const ISSUES = 600;
const CHANGED = 300;
const RUNS = 5;
/** The image cache. The rest of the cache is removed before a full build. */
const MEDIA = ['cards', 'pictures'];

export const name = 'archive';

export async function run(say) {
  const folder = mkdtempSync(join(tmpdir(), 'obn-bench-'));
  try {
    const obn = makeObn(join(folder, 'obn'));
    const media = timeMedia(obn);
    say(`pictures made in ${media.toFixed(0)} ms`);
    const styles = stylesOf(obn);
    const eleventy = makeEleventy(join(folder, 'eleventy'), ISSUES, styles);
    const hugo = makeHugo(join(folder, 'hugo'), ISSUES, styles);
    const rows = [
      full(obn, eleventy, say, 'no slower'),
      full(obn, withPagefind(eleventy), say),
      changed(obn, eleventy, say),
      ...(hugo ? [full(obn, hugo, say), changed(obn, hugo, say)] : []),
    ];
    return [
      table(['what', 'obn, ms', 'other, ms', 'ratio', 'aim'], rows),
      table(
        ['obn alone', 'ms'],
        [
          ['nothing has changed', shown(unchanged(obn))],
          [
            `${ISSUES} share pictures and all sizes of pictures from nothing, with a full build`,
            media.toFixed(0),
          ],
        ],
      ),
      table(['a search', 'files', 'kB, compressed'], searchWeight(obn)),
      `Whole processes, ${ISSUES} issues of the length of the repository's own, ${RUNS} pairs in turn. obn's pages have
sizes of pictures, share pictures (both from the cache but in the last row), a search and three feeds in full; the
others have a feed and the pictures as they are, a search where Pagefind is named, and always build everything.`,
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeObn(folder) {
  writeNewsletter(folder, ISSUES);
  const out = join(folder, 'site');
  return {
    name: 'obn',
    folder,
    out,
    command: [process.execPath, PROGRAM, 'archive', '--out', out],
    issue: issueFile,
  };
}

/** The first build of all. @returns milliseconds */
function timeMedia({ command, folder }) {
  const start = performance.now();
  const { status, stderr } = spawnSync(command[0], command.slice(1), { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`obn archive failed: ${stderr}`);
  return performance.now() - start;
}

/** The style sheet of the pages, so that the others write as much. */
function stylesOf({ out }) {
  return /<style>(.*?)<\/style>/s.exec(readFileSync(join(out, 'issues/1/index.html'), 'utf8'))?.[1] ?? '';
}

/**
 * Moves the output of a build away without deleting it. For some seconds, ext4 skips every inode that was just
 * freed, for each new file again, which would slow the next build.
 */
function forget({ folder, out }) {
  const gone = mkdtempSync(`${folder}-gone-`);
  const cache = join(folder, '.obn/cache/archive');
  mkdirSync(cache, { recursive: true });
  const made = readdirSync(cache).filter((one) => !MEDIA.includes(one));
  const paths = [out, ...made.map((one) => join(cache, one))].filter(existsSync);
  for (const [index, path] of paths.entries()) renameSync(path, join(gone, String(index)));
}

function full(obn, other, say, aim = '') {
  const prepare = (one) => forget(one);
  return row(`full build, against ${other.name}`, timed(obn, other, prepare), aim, say);
}

function changed(obn, other, say) {
  let edition = 0;
  const prepare = (one) => {
    const text = one.name === 'obn' ? issueText(CHANGED, ++edition) : issueMarkdown(CHANGED, edition);
    writeFileSync(join(one.folder, one.issue(CHANGED)), text);
  };
  return row(`after one change, against ${other.name}`, timed(obn, other, prepare), 'under 1,000 ms', say);
}

function timed(obn, other, prepare) {
  const options = { runs: RUNS, warmup: 1 };
  const ours = { command: obn.command, cwd: obn.folder, prepare: () => prepare(obn) };
  const theirs = { command: other.command, cwd: other.folder, prepare: () => prepare(other) };
  const compared = compare(ours, theirs, options);
  for (const one of [obn, other]) {
    if (!isComplete(one, ISSUES)) throw new Error(`${one.name} did not render all issues`);
  }
  return compared;
}

function row(what, { a, b, ratio }, aim, say) {
  say(`${what}: ${shown(a)} against ${shown(b)} ms`);
  return [what, shown(a), shown(b), shown(ratio, 2), aim];
}

function unchanged({ command, folder }) {
  const times = Array.from({ length: RUNS }, () => timeMedia({ command, folder }));
  return summary(times);
}

/** What a reader loads to search for two words, and the size of all search files. */
function searchWeight({ out }) {
  const weigh = (files) => [
    files.length,
    (files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1000).toFixed(1),
  ];
  if (!existsSync(join(out, 'search'))) return [];
  const tree = (folder) =>
    readdirSync(join(out, folder), { recursive: true })
      .map((one) => join(out, folder, one))
      .filter((path) => statSync(path).isFile());
  const script = [join(out, 'assets/search.js'), ...tree('assets/search')];
  const words = tree('search/words');
  const wanted = words.filter((path) => /\/(mo|qu)-/.test(path));
  const texts = tree('search/texts').slice(0, 10);
  return [
    ['opening it: script, style, list of issues', ...weigh([...script, join(out, 'search/index.json')])],
    ['looking for “monolith queue”: words', ...weigh(wanted)],
    ['excerpts of ten results', ...weigh(texts)],
    ['all words of all issues', ...weigh(words)],
  ];
}
