// Writes bench/RESULTS.md: a section for each suite, with the machine that ran it.
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { median } from './statistics.js';

const FILE = join(import.meta.dirname, 'RESULTS.md');
const INTRODUCTION = `# Results

Written by \`npm run bench\`, which replaces the sections of the suites that it runs. Medians, with the lowest and the
highest round in parentheses; ratios are of two things measured in the same round. Aims are no pass or fail.
`;

/** Processor, memory, disk, system and Node.js in one line, and the load of the machine before the measurements. */
export function describeMachine() {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const disk = `a flush to disk in ${flushMs().toFixed(2)} ms`;
  const system = `${distribution()}${type()} ${release()} ${arch()}`;
  const load = `a load of ${loadavg()[0].toFixed(1)} before the bench`;
  return `${model}, ${availableParallelism()} cores, ${memory}, ${disk}; ${system}; Node.js ${process.version}; ${load}`;
}

function distribution() {
  if (!existsSync('/etc/os-release')) return '';
  const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  return name ? `${name}, ` : '';
}

/** How long the disk of the ledgers takes to make a page durable. Every durable commit waits for it. */
function flushMs() {
  const folder = mkdtempSync(join(tmpdir(), 'obn-bench-'));
  const file = openSync(join(folder, 'page'), 'w');
  const page = Buffer.alloc(4096, 1);
  const times = Array.from({ length: 101 }, () => {
    const start = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return median(times);
}

/**
 * Replaces the section of one suite, or adds it.
 * @param names every suite, in the order of their sections
 * @param blocks the content of the section: tables and paragraphs
 */
export function writeSection(name, names, machine, blocks) {
  const sections = existsSync(FILE) ? sectionsOf(readFileSync(FILE, 'utf8')) : new Map();
  const measured = `Measured on ${new Date().toISOString().slice(0, 10)}: ${machine}.`;
  sections.set(name, [measured, ...blocks].join('\n\n'));
  const known = names.filter((one) => sections.has(one));
  writeFileSync(
    FILE,
    [INTRODUCTION, ...known.map((one) => `## ${one}\n\n${sections.get(one)}\n`)].join('\n'),
  );
}

function sectionsOf(text) {
  const parts = text.split(/^## (.*)$/m).slice(1);
  const pairs = parts.flatMap((part, index) => (index % 2 === 0 ? [[part, parts[index + 1].trim()]] : []));
  return new Map(pairs);
}
