import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openLedger } from '../../src/ledger/table.js';
import { ConfirmationTokens, UnsubscribeTokens } from '../../src/message/token.js';
import { startBrowser } from '../support/browser.js';
import { obn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';
import { freePort, startServe } from '../support/serve.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';
import { audit } from './axe.js';
import { watchedPage } from './watched.js';

const ADA = 'ada@example.com';
const TOPICS = [
  { tag: 'aws', name: 'AWS', about: 'Lambda and the like' },
  { tag: 'beginner', name: 'First steps' },
];

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

interface Looks extends Pick<BrowserContextOptions, 'colorScheme' | 'javaScriptEnabled' | 'bypassCSP'> {
  readonly width?: number;
}

/** A newsletter with a running service, and a browser that records requests to other sites. */
async function open({ width = 1280, ...looks }: Looks = {}) {
  const port = await freePort();
  const smtp = await startSmtpEndpoint();
  const url = `http://127.0.0.1:${port}`;
  const unsubscribe = { url: `${url}/unsubscribe` };
  const config = { unsubscribe, send: { transport: 'smtp' }, serve: { topics: TOPICS } };
  const newsletter = makeNewsletter({}, { config });
  const { child } = await startServe(newsletter, port, { env: smtp.env });
  const watched = await watchedPage(browser, url, { width, ...looks });
  onTestFinished(async () => {
    await watched.context.close();
    child.kill();
    await smtp.close();
  });
  const token = new UnsubscribeTokens(SECRET, 'test-weekly.weekly.example.com').issue(ADA);
  /** Reads the ledger like another process. */
  const ledger = async <T>(
    ask: (ledger: Awaited<ReturnType<typeof openLedger>>) => Promise<T>,
  ): Promise<T> => {
    const opened = await openLedger('sqlite:.obn/ledger.db', newsletter.root, { create: true });
    return ask(opened).finally(() => opened.close());
  };
  const gone = () => ledger((one) => one.readers.suppressed([ADA]));
  return { ...newsletter, ...watched, smtp, url, token, ledger, gone };
}

const heading = (page: Page) => page.locator('h1').innerText();

/** Moves to the next control and returns its description. */
async function tab(page: Page): Promise<string> {
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const one = document.activeElement as HTMLElement;
    return one.getAttribute('name') ?? one.innerText.trim();
  });
}

it('a scanner that opens links and runs scripts unsubscribes nobody, but the button does', async () => {
  const { root, smtp, page, gone, ledger, url } = await open();
  const sent = await obn(root, ['send', '1', '--transport', 'smtp', '--yes'], { env: smtp.env });
  expect(sent.code).toBe(0);
  const { raw = '' } = smtp.messages.find(({ to }) => to[0] === ADA) ?? {};
  const mail = await simpleParser(raw);
  const links = [
    ...String(mail.html).matchAll(/href="([^"]+)"/g),
    ...String(mail.text).matchAll(/(https?:\S+)/g),
  ];
  const own = [...new Set(links.map(([, link = '']) => link.replaceAll('&amp;', '&')))].filter((link) =>
    link.startsWith(url),
  );
  expect(own).toHaveLength(1);
  const seen = new Set<string>();
  const queue = [...own];
  while (queue.length > 0) {
    const next = queue.pop() ?? '';
    if (seen.has(next)) continue;
    seen.add(next);
    await page.goto(next);
    await page.mouse.move(200, 300);
    await page.evaluate(() => fetch(location.href, { method: 'HEAD' }).catch(() => undefined));
    await page.evaluate((href) => {
      const link = document.createElement('link');
      Object.assign(link, { rel: 'prefetch', href });
      document.head.append(link);
    }, next);
    queue.push(
      ...(
        await page.locator('a').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))
      ).filter((href) => href.startsWith(url)),
    );
  }
  expect([...seen].map((one) => new URL(one).pathname).sort()).toEqual(['/preferences', '/unsubscribe']);
  expect((await gone()).size).toBe(0);
  expect(await ledger((one) => one.readers.get(ADA))).toBeUndefined();
  await page.goto(own[0] ?? '');
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  expect(await heading(page)).toBe("You've been unsubscribed");
  expect((await gone()).get(ADA)).toBe('unsubscribed');
});

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('by keyboard alone, %s', (_, javaScriptEnabled) => {
  it('a reader can subscribe, confirm, choose topics and unsubscribe', async () => {
    const { page, url, smtp, ledger, foreign, noise } = await open({ javaScriptEnabled });
    await page.goto(`${url}/subscribe`);
    const order = [await tab(page), await tab(page), await tab(page)];
    expect(order).toEqual(['Test Weekly', 'email', 'first_name']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('new@example.com');
    expect(await tab(page)).toBe('first_name');
    await page.keyboard.type('Nia');
    expect(await tab(page)).toBe('topic');
    await page.keyboard.press('Space');
    expect(await tab(page)).toBe('topic');
    // The field that no person sees is not reached.
    expect(await tab(page)).toBe('Subscribe');
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page)).toBe('Check your inbox');
    await expect.poll(() => smtp.messages.length).toBe(1);
    const { text = '' } = await simpleParser(smtp.messages[0]?.raw ?? '');
    await page.goto(/http:\S+/.exec(text)?.[0] ?? '');
    expect(await heading(page)).toBe('Confirm your subscription');
    await page.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page)).toBe('Welcome to Test Weekly');
    expect(await ledger((one) => one.readers.get('new@example.com'))).toMatchObject({
      state: 'subscribed',
      fields: { first_name: 'Nia', tags: 'aws' },
    });
    await page.getByRole('link', { name: 'choose your topics' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page)).toBe('What would you like to read?');
    await page.getByLabel('First steps').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('status').innerText()).toContain('Saved');
    expect((await ledger((one) => one.readers.get('new@example.com')))?.fields.tags).toBe('aws;beginner');
    await page.getByRole('link', { name: 'Unsubscribe' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page)).toMatch(/^Unsubscribe from/);
    await page.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => heading(page)).toBe("You've been unsubscribed");
    expect((await ledger((one) => one.readers.suppressed(['new@example.com']))).size).toBe(1);
    expect([foreign, noise]).toEqual([[], []]);
  });
});

it('shows an address error next to the field with the entered value', async () => {
  const { page, url } = await open();
  await page.goto(`${url}/subscribe`);
  await page.locator('form').evaluate((form: HTMLFormElement) => {
    form.noValidate = true;
  });
  await page.getByLabel('Email address').fill('jane@exam ple');
  await page.getByLabel('First steps').check();
  await page.getByRole('button').click();
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('check it for typos');
  const field = page.getByLabel('Email address');
  expect(await field.getAttribute('aria-describedby')).toBe('wrong');
  expect(await field.inputValue()).toBe('jane@exam ple');
  expect(await page.getByLabel('First steps').isChecked()).toBe(true);
});

it('cannot be framed or scripted by another site', async () => {
  const { page, url, token } = await open();
  const evil = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<iframe src="${url}/unsubscribe?token=${token}"></iframe>`);
  }).listen(0, '127.0.0.1');
  await once(evil, 'listening');
  const other = await browser.newPage();
  onTestFinished(async () => {
    await other.close();
    evil.close();
  });
  await other.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  expect(await other.frames()[1]?.locator('button').count()).toBe(0);
  const answer = await page.goto(
    `${url}/subscribe?email=${encodeURIComponent('"><script>document.title="x"</script>')}`,
  );
  expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'");
  expect(await page.title()).toBe('Subscribe to Test Weekly · Test Weekly');
  expect(await page.locator('#email').inputValue()).toContain('<script>');
});

it('axe finds no violations on any page, in light and dark, on phone and desktop', async () => {
  const { page, url, token } = await open({ bypassCSP: true });
  const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
    [390, 1280].map((width) => ({ colorScheme, width })),
  );
  /** Checks the current page in every color scheme and width. */
  const look = async () => {
    for (const { colorScheme, width } of looks) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      const { violations, passes } = await audit(page);
      expect(violations, `${await heading(page)} ${colorScheme} ${width}`).toEqual([]);
      expect(passes).toContain('color-contrast');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  };
  const press = async () => {
    await page.locator('form').evaluate((form: HTMLFormElement) => {
      form.noValidate = true;
    });
    await page.getByRole('button').click();
    await page.waitForLoadState();
  };
  const seen: string[] = [];
  const confirmations = new ConfirmationTokens(SECRET, 'test-weekly.weekly.example.com');
  const invitation = (issuedAt: number) =>
    confirmations.issue({ address: 'new@example.com', issuedAt, fields: {} });
  for (const path of [
    `confirm?token=${invitation(Date.now())}`,
    `confirm?token=${invitation(1)}`,
    'unsubscribe?token=1forged',
    'nowhere',
    'subscribe',
    `preferences?token=${token}`,
    `unsubscribe?token=${token}`,
  ]) {
    await page.goto(`${url}/${path}`);
    seen.push(await heading(page));
    await look();
    if ((await page.locator('form').count()) === 0) continue;
    await press();
    seen.push(await heading(page));
    await look();
  }
  await page.goto(`${url}/subscribe?email=new@example.com`);
  await press();
  seen.push(await heading(page));
  await look();
  expect(seen).toEqual([
    'Confirm your subscription',
    'Welcome to Test Weekly',
    'This link has expired',
    'This link does not work',
    'Page not found',
    'Subscribe to Test Weekly',
    'Subscribe to Test Weekly',
    'What would you like to read?',
    'What would you like to read?',
    'Unsubscribe from Test Weekly?',
    "You've been unsubscribed",
    'Check your inbox',
  ]);
});
