import { expect, it, onTestFinished } from 'vitest';
import { startBrowser } from '../support/browser.js';
import { obn, spawnObn } from '../support/cli.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';

const DRAFT = issueText(3, 'Third').replace('sections:', 'draft: true\nsections:');
/** A page that forbids scripts and requests, as many do. */
const STRICT = {
  contentType: 'text/html',
  headers: { 'content-security-policy': "default-src 'none'" },
  body: '<title>A page</title>',
};

it('adds the page of another site when its reader confirms', async () => {
  const { root, read } = makeNewsletter({ 'issues/003-third.yaml': DRAFT });
  const { child, result } = spawnObn(root, ['preview', '--port', '0', '--json'], { timeoutMs: 60_000 });
  result.catch(() => undefined);
  const browser = await startBrowser();
  onTestFinished(async () => {
    await browser.close();
    child.kill();
  });
  const port = await new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (piece) => {
      text += piece;
      const found = /"port": (\d+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
  });
  const printed = await obn(root, ['add', '--bookmarklet', '--port', port, '--json']);
  const script = printed.json<{ bookmarklet: string }>().bookmarklet.replace(/^javascript:/, '');

  const context = await browser.newContext();
  await context.route('https://nobody.invalid/**', (route) => route.fulfill(STRICT));
  const page = await context.newPage();
  await page.goto('https://nobody.invalid/a?b=1&utm_source=x#c');
  const [popup] = await Promise.all([context.waitForEvent('page'), page.evaluate(script)]);
  await popup.getByText('https://nobody.invalid/a?b=1&utm_source=x#c').waitFor();
  expect(popup.url()).toBe(`http://127.0.0.1:${port}/add`);
  expect(read('issues/003-third.yaml')).toBe(DRAFT);
  await popup.getByRole('button', { name: 'Add' }).click();
  await popup.getByText('Added to issues/003-third.yaml:').waitFor();
  expect(read('issues/003-third.yaml')).toContain('url: https://nobody.invalid/a?b=1#c');
});
