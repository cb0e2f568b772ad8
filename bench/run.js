// npm run bench [-- NAME …]: ratios between things measured in one run on one machine; never a pass or fail.
import * as archive from './archive.js';
import * as cli from './cli.js';
import * as ledger from './ledger.js';
import * as preview from './preview.js';
import * as render from './render.js';
import { describeMachine, writeSection } from './results.js';
import * as large from './send/large.js';
import * as pace from './send/pace.js';
import * as ses from './send/ses.js';
import * as smtp from './send/smtp.js';
import * as subscribers from './subscribers.js';

const suites = [cli, render, preview, archive, smtp, ses, pace, large, ledger, subscribers];
const names = suites.map(({ name }) => name);
const wanted = process.argv.slice(2);
const matches = (name, word) => name === word || name.startsWith(`${word}/`);
const unknown = wanted.filter((word) => !names.some((name) => matches(name, word)));

if (unknown.length > 0) {
  console.error(`there is no suite ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exitCode = 2;
} else {
  const machine = describeMachine();
  for (const { name, run } of suites) {
    if (wanted.length > 0 && !wanted.some((word) => matches(name, word))) continue;
    console.log(`\n${name}: medians with their spread, ${machine}`);
    const blocks = await run((text) => console.error(`  ${text}`));
    for (const block of blocks) console.log(`\n${block}`);
    writeSection(name, names, machine, blocks);
  }
}
