import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../support/browser.js';
import { issueText } from '../support/newsletter.js';
import { audit } from './axe.js';
import { bodyText, type OpenOptions, openPreview, query, says } from './preview-page.js';

const FILE = 'issues/001-first.yaml';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const open = (options?: OpenOptions) => openPreview(browser, options);
const problem = (page: Page) => page.locator('.problem').allInnerTexts();
const checked = (page: Page) => page.locator('.findings h2').innerText();

describe('without a chosen issue', () => {
  const none = { address: '', files: { [FILE]: null, 'issues/002-second.yaml': null } };

  it('the newest issue is shown, also the first one written', async () => {
    const { page, mail, write, path } = await open(none);
    await expect.poll(() => page.locator('.issues').innerText()).toMatch(/No issues yet/);
    write(FILE, issueText(1, 'One'));
    await says(mail, /this is issue 1/);
    await expect.poll(() => page.title()).toMatch(/^#1 One/);
    write('issues/002-second.yaml', issueText(2, 'Two'));
    await says(mail, /this is issue 2/);
    await expect.poll(() => page.title()).toMatch(/^#2 Two/);
    rmSync(path('issues/002-second.yaml'));
    await says(mail, /this is issue 1/);
    await expect.poll(() => page.title()).toMatch(/^#1 One/);
    expect(await problem(page)).toEqual([]);
  });
});

describe('a problem', () => {
  it('with the reader is shown until another is chosen', async () => {
    const { page, mail } = await open({ query: '&reader=nobody%40example.com' });
    await expect.poll(() => checked(page)).not.toBe('Checking…');
    await expect.poll(() => page.locator('.issues [aria-current=page]').count()).toBe(1);
    expect(await problem(page)).toEqual([
      expect.stringMatching(/nobody@example\.com is not on the list subscribers/),
    ]);
    await page.keyboard.press('/');
    await page.keyboard.type('grace');
    await expect.poll(() => page.getByRole('option').first().innerText()).toMatch(/Grace/);
    await page.keyboard.press('Enter');
    await says(mail, /Hello Grace,/);
    await expect.poll(() => problem(page)).toEqual([]);
  });

  it('with the list is shown in the findings and the reader field', async () => {
    const { page, mail, write } = await open();
    await says(mail, /this is issue 1/);
    write('subscribers.csv', 'name\nAda\n');
    await expect.poll(() => page.locator('.findings').innerText()).toMatch(/list\/unreadable/);
    await page.keyboard.press('/');
    await page.keyboard.type('ada');
    await expect.poll(() => page.locator('#readers').innerText()).toMatch(/column/);
  });

  it('with the ledger is shown next to the issues, and the email is still shown', async () => {
    const { page, mail } = await open({ config: { ledger: `\${NO_LEDGER}` } });
    await says(mail, /this is issue 1/);
    await expect.poll(() => page.locator('.issues').innerText()).toMatch(/NO_LEDGER is not set/);
    expect(await problem(page)).toEqual([]);
  });

  it('with one test is cleared for the next', async () => {
    const { page, mail } = await open();
    await says(mail, /this is issue 1/);
    const answer = page.locator('#test .answer');
    await page.keyboard.press('s');
    await page.getByLabel('Address').fill('grace@example.org');
    await page.keyboard.press('Enter');
    await expect.poll(() => answer.innerText()).toBe('Wrote the test for grace@example.org to the outbox.');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('#test').isVisible()).toBe(false);
    await page.keyboard.press('k');
    await says(mail, /this is issue 2/);
    await page.keyboard.press('s');
    expect(await page.locator('#test').isVisible()).toBe(true);
    await expect.poll(() => answer.innerText()).toBe('');
  });
});

describe('the page', () => {
  it('follows a changed list path in obn.yaml', async () => {
    const { page, mail, read, write } = await open({ query: '&reader=zoe%40example.com' });
    write('other.csv', 'email,first_name\nzoe@example.com,Zoe\n');
    write('obn.yaml', read('obn.yaml').replace('subscribers.csv', 'other.csv'));
    await says(mail, /Hello Zoe,/);
    await expect.poll(() => checked(page)).not.toBe('Checking…');
    write('other.csv', 'email,first_name\nzoe@example.com,Zora\n');
    await says(mail, /Hello Zora,/);
  });

  it('updates in more tabs than a browser has connections, whichever is closed', async () => {
    const { context, page, mail, url, read, write } = await open();
    await says(mail, /this is issue 1/);
    const tabs: Page[] = [];
    for (let count = 0; count < 6; count++) {
      const tab = await context.newPage();
      await tab.goto(`${url}/?issue=1`);
      await says(tab.frameLocator('#frame'), /this is issue 1/);
      tabs.push(tab);
    }
    write(FILE, read(FILE).replace('this is issue 1', 'this is rewritten'));
    for (const tab of tabs) await says(tab.frameLocator('#frame'), /this is rewritten/);
    await page.close();
    write(FILE, read(FILE).replace('this is rewritten', 'this is final'));
    for (const tab of tabs) await says(tab.frameLocator('#frame'), /this is final/);
  });

  it('keeps the Gmail clip line in place at any frame width', async () => {
    const long = `  - type: intro\n    body: "${'word '.repeat(25_000)}"\n`;
    const { page, mail } = await open({ files: { [FILE]: issueText(1, 'One') + long } });
    await says(mail, /Gmail clips the message here/);
    const lineAndEnd = () =>
      page.evaluate(() => {
        const document = document_();
        const line = document?.getElementById('obn-clip')?.offsetTop ?? 0;
        return [line, document?.documentElement.scrollHeight ?? 0] as const;
        function document_() {
          return window.document.querySelector('iframe')?.contentDocument;
        }
      });
    const [before, all] = await lineAndEnd();
    const below = all - before;
    await page.getByRole('radio', { name: 'Phone' }).check();
    const moved = async () => {
      const [line, end] = await lineAndEnd();
      return line > before + 1_000 && end - line < 3 * below;
    };
    await expect.poll(moved).toBe(true);
  });

  it('shows the desktop layout in a narrow window, too', async () => {
    const { page, mail } = await open({ width: 400 });
    await says(mail, /this is issue 1/);
    expect((await page.locator('#frame').boundingBox())?.width).toBeGreaterThanOrEqual(640);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('can be resized by its edge and remembers the width', async () => {
    const { page, mail } = await open({ query: '&width=phone' });
    await says(mail, /this is issue 1/);
    const edge = await page.locator('.handle').boundingBox();
    const [x, y] = [(edge?.x ?? 0) + 4, (edge?.y ?? 0) + 50];
    await page.evaluate(() => {
      const write = history.replaceState.bind(history);
      Object.assign(window, { written: 0 });
      history.replaceState = (...state) => {
        Object.assign(window, { written: (window as unknown as { written: number }).written + 1 });
        write(...state);
      };
    });
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 40, y, { steps: 40 });
    await page.mouse.up();
    await expect.poll(() => query(page)).toBe('?issue=1&width=455');
    expect(await page.evaluate(() => (window as unknown as { written: number }).written)).toBe(1);
  });

  it('is accessible without search results', async () => {
    const { page, mail } = await open({ bypassCSP: true });
    await says(mail, /this is issue 1/);
    await page.keyboard.press('/');
    await page.keyboard.type('[(*+?');
    await expect.poll(() => page.locator('#readers').innerText()).toMatch(/No match/);
    expect((await audit(page)).violations).toEqual([]);
  });

  it('works without browser storage', async () => {
    const { context, url, noise } = await open();
    await context.addInitScript(() =>
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      }),
    );
    const page = await context.newPage();
    await page.goto(`${url}/?issue=1`);
    await says(page.frameLocator('#frame'), /this is issue 1/);
    expect(await bodyText(page.frameLocator('#frame'))).toMatch(/this is issue 1/);
    expect(noise).toEqual([]);
  });
});
