// Takes screenshots of the sample issues as email, in light and dark, and with images blocked.
// `node scripts/screenshots.js` updates docs/images/: whole emails as WebP, the top of two for the README, and the
// preview.
// `node scripts/screenshots.js DIR` writes whole emails and web pages to DIR as PNG, for inspection.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver } from 'playwright-core';

const root = dirname(import.meta.dirname);
const everything = process.argv[2];
const target = everything ?? join(root, 'docs/images');
const modules = join(root, 'node_modules');

const sizes = [375, 800].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme })));
const views = [
  ...[...sizes, { width: 375, scheme: 'light', blocked: true }].map((view) => ({ file: 'email', ...view })),
  ...(everything ? sizes.map((view) => ({ file: 'web', ...view })) : []),
];

/** The fonts of an Android phone, which this machine may not have. */
const roboto = ['400', '400-italic', '600', '700', '800'].map((style) => {
  const text = readFileSync(join(modules, `@fontsource/roboto/${style}.css`), 'utf8');
  return text.replaceAll('./files/', 'https://fonts.example/@fontsource/roboto/files/');
});
const emoji = `@font-face { font-family: 'Segoe UI'; font-weight: 100 900; unicode-range: U+200D, U+203C-3299, U+FE0F, U+1F000-1FAFF;
  src: url(https://fonts.example/twemoji-colr-font/twemoji.woff2); }`;

/** The preview page uses system fonts for its controls. */
const PAGE_FONT = `:root, button, input, select, .line { font-family: Roboto, 'Segoe UI', sans-serif !important; }`;

/** The screenshots of the README. */
const HEROES = {
  '800 light': { name: 'mail-desktop.png', height: 1240 },
  '375 dark': { name: 'mail-phone.png', height: 1160 },
};

const rendered = mkdtempSync(join(tmpdir(), 'obn-pictures-'));
mkdirSync(target, { recursive: true });
const args = ['--no-sandbox', '--disable-gpu'];
const browser = await driver.launch({ executablePath: await chromium.executablePath(), args });
for (const issue of ['1', '2', '3']) {
  const render = [join(root, 'bin/obn.js'), 'render', issue, '--out', join(rendered, issue)];
  const { status } = spawnSync(process.execPath, render, { cwd: root });
  if (status !== 0) throw new Error(`obn render ${issue} ended with ${status}`);
  for (const view of views) await take(issue, view);
}
if (!everything) await takePreview();
await browser.close();
rmSync(rendered, { recursive: true, force: true });

async function serveFonts(page) {
  await page.route(/^https:\/\/fonts\.example/, (route) => {
    const path = join(modules, new URL(route.request().url()).pathname);
    return route.fulfill({ path, headers: { 'access-control-allow-origin': '*' } });
  });
}

async function take(issue, { file, width, scheme, blocked }) {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  await page.route(/^https:/, (route) => {
    const path = join(root, 'issues', new URL(route.request().url()).pathname);
    if (!existsSync(path) || (blocked && /\.png$/.test(path))) return route.abort();
    return route.fulfill({ path });
  });
  await serveFonts(page);
  await page.goto(`file://${join(rendered, issue, `${file}.html`)}`);
  await page.addStyleTag({ content: [...roboto, emoji].join('\n') });
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    await document.fonts.ready;
  });
  const name = `${file === 'email' ? 'mail' : file}-${issue.padStart(3, '0')}-${width}-${blocked ? 'blocked' : scheme}`;
  if (everything) await page.screenshot({ path: join(target, `${name}.png`), fullPage: true });
  else writeFileSync(join(target, `${name}.webp`), await webp(page));
  const hero = everything || issue !== '3' || blocked ? undefined : HEROES[`${width} ${scheme}`];
  if (hero) {
    const clip = { x: 0, y: 0, width, height: hero.height };
    await page.screenshot({ path: join(target, hero.name), fullPage: true, clip });
  }
  await page.close();
}

/** The preview of an issue for a sample reader, with findings. */
async function takePreview() {
  const args = [join(root, 'bin/obn.js'), 'preview', '2', '--port', '0'];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] });
  const [url] = await once(child.stdout.setEncoding('utf8'), 'data');
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 }, bypassCSP: true });
  const page = await context.newPage();
  await serveFonts(page);
  await page.goto(`${url.trim()}&reader=ada@example.com`);
  await page.locator('.finding').first().waitFor();
  for (const frame of page.frames()) {
    await frame.evaluate(
      (css) => {
        document.head.append(Object.assign(document.createElement('style'), { textContent: css }));
      },
      [...roboto, emoji, PAGE_FONT].join('\n'),
    );
  }
  await page.waitForTimeout(1_000);
  await page.screenshot({ path: join(target, 'preview.png') });
  await context.close();
  child.kill();
}

/** The whole page as WebP, which Playwright does not write and is half as large as JPEG. */
async function webp(page) {
  const { width, height } = await page.evaluate(() => {
    const { scrollWidth: width, scrollHeight: height } = document.documentElement;
    return { width, height };
  });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 60,
    captureBeyondViewport: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  return Buffer.from(data, 'base64');
}
