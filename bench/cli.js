// How long a person waits for nothing: start-up against that of Node.js.

import { dirname, join } from 'node:path';
import { compare } from './compare.js';
import { shown } from './statistics.js';
import { table } from './table.js';

const root = dirname(import.meta.dirname);

export const name = 'cli';

export function run() {
  const ours = [process.execPath, join(root, 'bin/obn.js'), '--version'];
  const { a, b, ratio } = compare(ours, [process.execPath, '-e', '0']);
  const cells = [a.median.toFixed(0), b.median.toFixed(0), shown(ratio, 2), '<= 2'];
  return [
    table(['a / b', 'a, ms', 'b, ms', 'ratio (spread)', 'aim'], [['obn --version / node -e 0', ...cells]]),
  ];
}
