// Takes the pictures of the README: the sample issue as a mail, on a desktop in light and on a phone in dark.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver } from 'playwright-core';

const root = dirname(import.meta.dirname);
const folder = mkdtempSync(join(tmpdir(), 'obn-pictures-'));
const views = [
  { name: 'mail-desktop', width: 800, height: 1240, colorScheme: 'light', deviceScaleFactor: 1 },
  { name: 'mail-phone', width: 375, height: 1160, colorScheme: 'dark', deviceScaleFactor: 1 },
];

spawnSync(process.execPath, [join(root, 'bin/obn.js'), 'render', '3', '--out', folder], { cwd: root });
const browser = await driver.launch({
  executablePath: await chromium.executablePath(),
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { name, width, height, ...options } of views) {
  const page = await browser.newPage({ viewport: { width, height }, ...options });
  await page.route(/^https:/, (route) => {
    const file = join(root, 'issues', new URL(route.request().url()).pathname);
    return existsSync(file) ? route.fulfill({ path: file }) : route.abort();
  });
  await page.goto(`file://${join(folder, 'email.html')}`);
  await page.screenshot({ path: join(root, `docs/images/${name}.png`) });
}
await browser.close();
rmSync(folder, { recursive: true, force: true });
