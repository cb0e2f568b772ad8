// npm run mutate: removes one guard after the other from a copy of the project, and expects tests to fail.
//   --only NAME   only the guards whose name contains NAME
//   --check       only checks that every mutation still applies
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, mutate } from './mutation/guard.js';

const ROOT = join(import.meta.dirname, '..');
const GUARDS = join(ROOT, 'tests/mutations');
const NOT_COPIED = new Set(['node_modules', '.git', 'dist', 'bench', 'coverage']);
/** Two runs at a time keep two cores busy. More would delay tests that have a time limit. */
const LANES = Math.min(2, availableParallelism());
/** Time limits for the tests of one guard, and of all guards. A hanging test ends much earlier. */
const TIMEOUT_MS = 5 * 60_000;
const PROOF_MS = 30 * 60_000;

const { values } = parseArgs({ options: { only: { type: 'string' }, check: { type: 'boolean' } } });

async function loadTasks() {
  const names = readdirSync(GUARDS)
    .filter((name) => name.endsWith('.js'))
    .sort();
  const tasks = [];
  for (const name of names) {
    const { default: guard } = await import(join(GUARDS, name));
    for (const mutation of guard.mutations)
      tasks.push({ title: `${basename(name, '.js')}: ${mutation.name}`, guard, mutation });
  }
  return tasks.filter(({ title }) => title.includes(values.only ?? ''));
}

/** The mutations that do not apply to the sources, with the reason. */
function misfits(tasks) {
  return tasks.flatMap(({ title, mutation }) => {
    try {
      mutate(readFileSync(join(ROOT, mutation.file), 'utf8'), mutation);
      return [];
    } catch (error) {
      return [`${title}: ${error.message}`];
    }
  });
}

function copyProject(folder) {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(ROOT, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Runs test files in a copy. @returns the result of vitest's JSON reporter for each, or undefined without one */
async function runTests(copy, tests, built, timeoutMs) {
  const output = join(copy, 'report.json');
  rmSync(output, { force: true });
  const config = built ? 'vitest.config.ts' : 'tests/mutations/vitest.config.ts';
  const vitest = join(copy, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--root', copy, '--config', join(copy, config), '--maxWorkers=1'];
  const reporter = ['--reporter=json', `--outputFile=${output}`];
  const child = spawn(process.execPath, [...args, ...reporter, ...tests], { cwd: copy, stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  try {
    return JSON.parse(readFileSync(output, 'utf8')).testResults;
  } catch {
    return undefined;
  }
}

/**
 * Runs all test files once, distributed over the copies.
 * @throws Error if a test fails without a mutation
 */
async function proveGreen(copies, tasks) {
  const red = [];
  for (const built of [false, true]) {
    const some = tasks.filter(({ guard }) => Boolean(guard.built) === built);
    const tests = [...new Set(some.flatMap(({ guard }) => guard.tests))];
    const shares = copies.map((copy, at) => ({
      copy,
      mine: tests.filter((_, index) => index % copies.length === at),
    }));
    await Promise.all(
      shares.map(async ({ copy, mine }) => {
        const reports = mine.length === 0 ? [] : ((await runTests(copy, mine, built, PROOF_MS)) ?? []);
        const green = reports
          .filter(({ status }) => status === 'passed')
          .map(({ name }) => relative(copy, name));
        red.push(...mine.filter((test) => !green.includes(test)));
      }),
    );
  }
  if (red.length > 0) throw new Error(`failed without a mutation: ${red.join(', ')}`);
}

async function tryMutation(copy, { guard, mutation }) {
  const path = join(copy, mutation.file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, mutate(before, mutation));
  try {
    const reports = await runTests(copy, guard.tests, guard.built, TIMEOUT_MS);
    return reports ? judge(reports, guard.tests) : { verdict: 'broken', detail: 'the tests did not finish' };
  } finally {
    writeFileSync(path, before);
  }
}

async function work(copy, queue, report) {
  for (let task = queue.shift(); task; task = queue.shift()) {
    const start = performance.now();
    report(task, await tryMutation(copy, task), (performance.now() - start) / 1000);
  }
}

async function main() {
  const tasks = await loadTasks();
  if (tasks.length === 0) throw new Error(`no guard has the name ${values.only}`);
  const wrong = misfits(tasks);
  if (wrong.length > 0) throw new Error(`mutations that no longer apply:\n  ${wrong.join('\n  ')}`);
  console.log(`${tasks.length} mutations apply to the sources.`);
  if (values.check) return;
  const folder = mkdtempSync(join(tmpdir(), 'obn-mutate-'));
  try {
    const copies = Array.from({ length: LANES }, () => copyProject(folder));
    await proveGreen(copies, tasks);
    console.log('All tests pass without a mutation.\n');
    const failed = [];
    let done = 0;
    const report = ({ title }, { verdict, detail }, seconds) => {
      done += 1;
      if (verdict !== 'caught') failed.push(title);
      const place = `${String(done).padStart(3)}/${tasks.length}`;
      console.log(
        `${place}  ${verdict.padEnd(8)}  ${seconds.toFixed(1).padStart(5)} s  ${title.padEnd(58)}  ${detail}`,
      );
    };
    const queue = [...tasks];
    await Promise.all(copies.map((copy) => work(copy, queue, report)));
    console.log(`\n${tasks.length - failed.length} of ${tasks.length} mutations were caught.`);
    if (failed.length > 0) throw new Error(`not caught:\n  ${failed.join('\n  ')}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
