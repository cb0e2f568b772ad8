// How long a person waits: start-up against that of Node.js, rendering against MJML's own command line.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compare } from './compare.js';
import { shown } from './statistics.js';
import { table } from './table.js';

const root = dirname(import.meta.dirname);
const obn = (...args) => [process.execPath, join(root, 'bin/obn.js'), ...args];
const require = createRequire(import.meta.url);

function startup() {
  return row('obn --version / node -e 0', compare(obn('--version'), [process.execPath, '-e', '0']), '<= 2');
}

function rendering() {
  const folder = mkdtempSync(join(tmpdir(), 'obn-bench-'));
  try {
    spawnSync(process.execPath, [join(root, 'bin/obn.js'), 'render', '3', '--out', folder], { cwd: root });
    const input = join(folder, 'input.mjml');
    writeFileSync(input, readFileSync(join(folder, 'email.mjml')));
    const mjml = join(dirname(require.resolve('mjml/package.json')), 'bin/mjml');
    const theirs = [process.execPath, mjml, input, '-o', join(folder, 'mjml.html')];
    const ours = obn('render', '3', '--out', join(folder, 'out'));
    return row('obn render 3 / mjml of the same MJML', compare(ours, theirs, { cwd: root }), '<= 1.5');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(name, { a, b, ratio }, aim) {
  return [name, a.median.toFixed(0), b.median.toFixed(0), shown(ratio, 2), aim];
}

export const name = 'cli';

export function run() {
  const rows = [startup(), rendering()];
  return [table(['a / b', 'a, ms', 'b, ms', 'ratio (spread)', 'aim'], rows)];
}
