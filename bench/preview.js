// How long an author waits for the preview: from a written file to the new words in a browser, and for its start.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver } from 'playwright-core';
import { median } from './statistics.js';
import { table } from './table.js';

const ROOT = dirname(import.meta.dirname);
const PROGRAM = join(ROOT, 'bin/obn.js');
const EDITS = 50;
const STARTS = 9;
/** A person does not save more often. */
const PAUSE_MS = 300;
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'];

export const name = 'preview';

export async function run(talk) {
  const folder = mkdtempSync(join(tmpdir(), 'obn-bench-'));
  try {
    const file = copyNewsletter(folder);
    const starts = [];
    for (let round = 0; round < STARTS; round++) starts.push(await timeStart(folder));
    talk(`ready after ${median(starts).toFixed(0)} ms`);
    const edits = await timeEdits(folder, file, talk);
    return [report(starts, edits), `${EDITS} edits of the longest sample issue, ${STARTS} starts.`];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The repository's own newsletter. @returns its longest issue */
function copyNewsletter(folder) {
  for (const one of ['obn.yaml', 'issues', 'snippets', 'subscribers.example.csv']) {
    cpSync(join(ROOT, one), join(folder, one), { recursive: true });
  }
  const files = readdirSync(join(folder, 'issues')).filter((one) => one.endsWith('.yaml'));
  const paths = files.map((one) => join(folder, 'issues', one));
  return paths.sort((a, b) => statSync(b).size - statSync(a).size)[0];
}

async function timeStart(folder) {
  const startedAt = performance.now();
  const preview = await startPreview(folder, '1');
  const response = await fetch(preview.url);
  if (!response.ok) throw new Error(`the preview answers ${response.status}`);
  const took = performance.now() - startedAt;
  await preview.stop();
  return took;
}

async function startPreview(folder, issue) {
  const env = { PATH: process.env.PATH, OBN_SECRET: 'a secret for benchmarks alone, and long enough' };
  const stdio = ['ignore', 'pipe', 'ignore'];
  const child = spawn(process.execPath, [PROGRAM, 'preview', issue, '--port', '0'], {
    cwd: folder,
    env,
    stdio,
  });
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data');
  const stop = async () => {
    child.kill('SIGINT');
    await once(child, 'exit');
  };
  return { url: line.trim(), stop };
}

async function timeEdits(folder, file, talk) {
  const number = String(Number(/(\d+)-[^/]*$/.exec(file)[1]));
  const preview = await startPreview(folder, number);
  const browser = await driver.launch({ executablePath: await chromium.executablePath(), args: ARGS });
  const page = await browser.newPage({ viewport: { width: 1300, height: 900 } });
  await page.goto(preview.url);
  const text = readFileSync(file, 'utf8');
  await page.evaluate(seen, titleOf(text));
  const times = [];
  for (let edit = 0; edit < EDITS; edit++) {
    const title = `Edited ${edit} times`;
    const visible = page.evaluate(seen, title);
    const startedAt = performance.now();
    writeFileSync(file, text.replace(/^title: .*$/m, `title: ${title}`));
    await visible;
    times.push(performance.now() - startedAt);
    if (edit % 10 === 9) talk(`${edit + 1} edits: median ${median(times).toFixed(0)} ms`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  await browser.close();
  await preview.stop();
  return times;
}

function titleOf(text) {
  return /^title: (.*)$/m.exec(text)[1];
}

/** Runs in the page: resolves with the frame of the screen in which the email shows the title. */
function seen(title) {
  return new Promise((resolve) => {
    const look = () => {
      const heading = document.querySelector('iframe')?.contentDocument?.querySelector('h1');
      if (heading?.textContent === title) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

function report(starts, edits) {
  const percentile = (values, share) =>
    [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];
  const row = (what, values, aim) => [
    what,
    median(values).toFixed(0),
    percentile(values, 0.95).toFixed(0),
    Math.max(...values).toFixed(0),
    aim,
  ];
  return table(
    ['what is waited for', 'median, ms', '95th percentile, ms', 'longest, ms', 'aim'],
    [
      row('a written file is visible', edits, '95th <= 150 ms'),
      row('the server answers after the command', starts, '<= 600 ms'),
    ],
  );
}
