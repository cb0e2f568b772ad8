// Demonstrates the life of an issue: check, render, send to the sample list through the outbox, status.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const steps = [
  ['check', '3'],
  ['render', '3'],
  ['send', '3', '--transport', 'outbox', '--list', 'subscribers.example.csv'],
  ['status', '3'],
];

for (const step of steps) {
  console.log(`\n$ obn ${step.join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(root, 'bin/obn.js'), ...step], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

console.log(`
Open these:
  .obn/render/003/web.html      the page for the archive
  .obn/render/003/email.html    the email; its images load from the newsletter's site once it is published
  .obn/render/003/email.txt     its text part
  .obn/outbox/003/              one message for each reader, as it would go over the wire

Run it again: the rehearsal starts over. Nothing was mailed.`);
