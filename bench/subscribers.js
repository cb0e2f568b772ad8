// Large lists through the real program: how fast an export is taken in and written, and how much memory it takes.
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeNewsletter, withFolder } from './send/newsletter.js';
import { runObn } from './send/program.js';
import { table } from './table.js';

const COUNTS = [100_000, 1_000_000];

export const name = 'subscribers';

export async function run(talk) {
  const runs = [];
  for (const count of COUNTS) runs.push(await measure(count, talk));
  return [report(runs), 'One run of the program for each number; an export of Mailchimp, into SQLite.'];
}

/** Takes an export in where there is no list, again where everybody is on it, and one in which half have left. */
function measure(count, talk) {
  return withFolder(async (root) => {
    makeNewsletter(root);
    rmSync(join(root, 'subscribers.csv'));
    await writeExport(join(root, 'members.csv'), count, false);
    await writeExport(join(root, 'unsubscribed.csv'), count / 2, true);
    const jobs = {
      first: ['import', 'members.csv', '--yes'],
      again: ['import', 'members.csv', '--yes'],
      left: ['import', 'unsubscribed.csv', '--yes'],
      list: ['list'],
      export: ['export', '--out', 'all.csv'],
    };
    const found = { count };
    for (const [job, words] of Object.entries(jobs)) {
      found[job] = await runObn(root, ['subscribers', ...words]);
      talk(`${job} with ${count}: ${found[job].seconds.toFixed(1)} s, ${found[job].peakMb?.toFixed(0)} MB`);
    }
    return found;
  });
}

const COLUMNS = 'Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LEID,EUID,NOTES,TAGS';
const TAGS = '"""aws"",""vip"""';

async function writeExport(path, count, left) {
  function* lines() {
    yield `${COLUMNS}${left ? ',UNSUB_TIME' : ''}\n`;
    for (let at = 0; at < count; at++) {
      const who = `reader${at}@example${at % 50}.com,Reader ${at},Last`;
      yield `${who},2,2020-01-02 03:04:05,${at},a${at},,${TAGS}${left ? ',2021-01-01' : ''}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
}

const JOBS = {
  first: 'import, all of them new',
  again: 'import, all of them on the list',
  left: 'import of those who left, half as many',
  list: 'list',
  export: 'export',
};

function report(runs) {
  const rate = (count, { seconds }) => Math.round(count / seconds).toLocaleString('en');
  const rows = Object.entries(JOBS).flatMap(([job, text]) => [
    [
      `${text}: rows a second`,
      ...runs.map((one) => rate(job === 'left' ? one.count / 2 : one.count, one[job])),
    ],
    [`${text}: processor time, s`, ...runs.map((one) => one[job].cpuSeconds?.toFixed(1) ?? 'not known')],
    [`${text}: peak memory, MB`, ...runs.map((one) => one[job].peakMb?.toFixed(0) ?? 'not known')],
  ]);
  const [few, many] = runs.map(({ again }) => again.peakMb);
  rows.push(['peak memory of the second import, ratio', '', few ? (many / few).toFixed(2) : 'not known']);
  return table(['rows', ...runs.map(({ count }) => count.toLocaleString('en'))], rows);
}
