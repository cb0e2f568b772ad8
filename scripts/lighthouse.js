// npm run lighthouse: Lighthouse scores of the home page and of an issue of this repository's archive. It is not
// part of the tests, because its installation is large and its speed score depends on the machine.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createGzip } from 'node:zlib';
import chromium from '@sparticuz/chromium';
import { chromium as driver } from 'playwright-core';

const VERSION = '12.8.2';
const ROOT = dirname(import.meta.dirname);
/** Kept between runs, and ignored by git. */
const INSTALLED = join(ROOT, 'node_modules/.cache/lighthouse');
const PAGES = ['/', '/issues/3/'];
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
/** An odd number, for a median. */
const RUNS = 3;
const DEBUGGING_PORT = 9333;
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};
const COMPRESSED = /text|json|xml|svg/;

async function loadLighthouse() {
  const entry = join(INSTALLED, 'node_modules/lighthouse/core/index.js');
  if (!existsSync(entry)) {
    mkdirSync(INSTALLED, { recursive: true });
    writeFileSync(join(INSTALLED, 'package.json'), '{ "private": true }\n');
    const install = ['install', '--no-save', '--no-audit', '--no-fund', `lighthouse@${VERSION}`];
    execFileSync('npm', install, { cwd: INSTALLED, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return (await import(pathToFileURL(entry).href)).default;
}

/** Serves a folder like a static host: compressed and cacheable. */
async function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const wanted = join(folder, decodeURIComponent(pathname));
    const path = existsSync(wanted) && statSync(wanted).isDirectory() ? join(wanted, 'index.html') : wanted;
    if (!path.startsWith(folder) || !existsSync(path)) return void response.writeHead(404).end();
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000' };
    if (!COMPRESSED.test(type)) return void createReadStream(path).pipe(response.writeHead(200, headers));
    response.writeHead(200, { ...headers, 'content-encoding': 'gzip' });
    createReadStream(path).pipe(createGzip()).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://localhost:${server.address().port}` };
}

/** Prints median scores, and the audits that cost points in the run with the median performance. */
function print(page, reports) {
  const scoreOf = (name) => (report) => Math.round((report.categories[name]?.score ?? 0) * 100);
  const middle = (name) => reports.toSorted((a, b) => scoreOf(name)(a) - scoreOf(name)(b))[RUNS >> 1];
  console.log(`${page}: ${CATEGORIES.map((name) => `${name} ${scoreOf(name)(middle(name))}`).join(', ')}`);
  const { categories, audits } = middle('performance');
  for (const name of CATEGORIES) {
    for (const { id, weight } of categories[name]?.auditRefs ?? []) {
      const { score, title, displayValue = '' } = audits[id];
      if (weight > 0 && score !== null && score < 0.9) console.log(`  ${name}: ${title} ${displayValue}`);
    }
  }
}

const lighthouse = await loadLighthouse();
const folder = mkdtempSync(join(tmpdir(), 'obn-lighthouse-'));
const program = [join(ROOT, 'bin/obn.js'), 'archive', '--out', folder];
const built = spawnSync(process.execPath, program, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
if (built.status !== 0) process.exit(built.status ?? 1);
const { server, url } = await serve(folder);
const browser = await driver.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${DEBUGGING_PORT}`],
});
try {
  for (const page of PAGES) {
    const reports = [];
    for (let run = 0; run < RUNS; run++) {
      const options = { port: DEBUGGING_PORT, onlyCategories: CATEGORIES, logLevel: 'error' };
      reports.push((await lighthouse(url + page, options)).lhr);
    }
    print(page, reports);
  }
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
