import { writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from '../support/browser.js';
import { issueText } from '../support/newsletter.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';
import { audit } from './axe.js';
import { bodyText, type OpenOptions, openPreview, query, says } from './preview-page.js';

const FILE = 'issues/001-first.yaml';

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

const open = (options?: OpenOptions) => openPreview(browser, options);

describe('an author', () => {
  it('sees changes at the same scroll position', async () => {
    const { page, mail, read, write, foreign, noise } = await open({
      files: {
        [FILE]: issueText(1, 'One').replace('about it.', `about it.\n\n${'      More.\n\n'.repeat(80)}`),
      },
    });
    await says(mail, /this is issue 1/);
    const scroll = () => page.evaluate(() => document.querySelector('iframe')?.contentWindow?.scrollY ?? 0);
    await page.evaluate(() => document.querySelector('iframe')?.contentWindow?.scrollTo(0, 700));
    write(FILE, read(FILE).replace('this is issue 1', 'this is rewritten'));
    await says(mail, /this is rewritten/);
    expect(await scroll()).toBe(700);
    write('snippets/tip.md', 'A snippet that came later.\n');
    write(FILE, read(FILE).replace('Until next week', '{{> tip}} Until then'));
    await expect.poll(() => page.locator('.problem, .finding.error').count()).toBe(0);
    expect([foreign, noise]).toEqual([[], []]);
  });

  it('sees a problem above the last good email until it is fixed', async () => {
    const { page, mail, read, write } = await open();
    await says(mail, /this is issue 1/);
    const good = read(FILE);
    write(FILE, good.replace('  - type: story', '  - type: stroy'));
    await expect.poll(() => page.locator('.problem').innerText()).toMatch(/001-first\.yaml:9:11[\s\S]*stroy/);
    expect(await page.locator('.problem pre').first().innerText()).toMatch(/- type: stroy\n +\^/);
    expect(await bodyText(mail)).toMatch(/this is issue 1/);
    write(FILE, good.replace('this is issue 1', 'this is fixed'));
    await says(mail, /this is fixed/);
    await expect.poll(() => page.locator('.problem').count()).toBe(0);
  });

  it('sees new issues and changes of obn.yaml', async () => {
    const { page, read, write } = await open();
    write('issues/003-third.yaml', issueText(3, 'The third one'));
    await expect.poll(() => page.locator('.issues').innerText()).toMatch(/The third one/);
    write('obn.yaml', read('obn.yaml').replace('Test Weekly', 'Best Weekly'));
    await expect.poll(() => page.locator('header h1').innerText()).toBe('Best Weekly');
  });

  it('can jump from a finding to its place in the email', async () => {
    const filler = `  - type: intro\n    body: |\n${'      Filler.\n\n'.repeat(120)}`;
    const last = '  - type: closing\n    body: See [here](https://a.example/) for more.\n';
    const { page } = await open({ files: { [FILE]: issueText(1, 'One') + filler + last } });
    await page.getByRole('button', { name: /link\/text/ }).click();
    const seen = () =>
      page.evaluate(() => {
        const frame = document.querySelector('iframe');
        const link = frame?.contentDocument?.querySelector('a[href="https://a.example/"]');
        const box = link?.getBoundingClientRect();
        return box !== undefined && box.top > 0 && box.bottom < (frame?.clientHeight ?? 0);
      });
    await expect.poll(seen).toBe(true);
    await page.getByRole('radio', { name: 'Source' }).check();
    await page.getByRole('button', { name: /link\/text/ }).click();
    await expect.poll(() => page.locator('.marked').innerText()).toMatch(/See \[here\]/);
  });
});

describe('the email', () => {
  it('has the device width, and choices survive a reload', async () => {
    const { page, mail } = await open();
    await says(mail, /this is issue 1/);
    const width = async () => (await page.locator('#frame').boundingBox())?.width;
    for (const [name, wanted] of [
      ['Phone', 375],
      ['Tablet', 768],
    ] as const) {
      await page.getByRole('radio', { name }).check();
      await expect.poll(width).toBe(wanted);
    }
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.locator('.width input').fill('420');
    await page.locator('.width input').press('Enter');
    expect(query(page)).toBe('?issue=1&width=420&scheme=dark');
    await page.reload();
    await expect.poll(width).toBe(420);
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
  });

  it('is light or dark as chosen, not as the browser prefers', async () => {
    const { page, mail } = await open({ scheme: 'dark', query: '&scheme=light' });
    const colour = () =>
      mail
        .locator('.surface')
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    const bright = async () => (await colour()).match(/\d+/g)?.map(Number)[0] ?? 0;
    await expect.poll(bright).toBeGreaterThan(200);
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(bright).toBeLessThan(80);
  });

  it('shows the newsletter’s images, and none if blocked', async () => {
    const png =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const section = '  - type: image\n    src: images/dot.png\n    alt: A dot\n';
    const remote = '  - type: image\n    src: https://pictures.example/x.png\n    alt: Far away\n';
    const { page, mail, path, write, foreign } = await open({
      files: { [FILE]: issueText(1, 'One') + section + remote, 'issues/images/dot.png': '' },
    });
    writeFileSync(path('issues/images/dot.png'), Buffer.from(png, 'base64'));
    write('snippets/now.md', 'now');
    const loaded = () =>
      mail.getByAltText('A dot').evaluate((image) => (image as HTMLImageElement).naturalWidth > 0);
    await expect.poll(loaded).toBe(true);
    await page.getByRole('radio', { name: 'Blocked' }).check();
    await expect.poll(loaded).toBe(false);
    expect(foreign).toEqual([]);
  });

  it('is that of the chosen reader, by search or distinct message', async () => {
    const { page, mail } = await open();
    await says(mail, /Hello there,/);
    await page.keyboard.press('/');
    await page.keyboard.type('grace');
    await expect.poll(() => page.getByRole('option').first().innerText()).toMatch(/Grace/);
    await page.keyboard.press('Enter');
    await says(mail, /Hello Grace,/);
    expect(query(page)).toBe('?issue=1&reader=grace%40example.org');
    await page.locator('#reader').click();
    await page.getByRole('option', { name: /first_name “there”/ }).click();
    await says(mail, /Hello there,/);
    expect(query(page)).toBe('?issue=1&reader=reader%40example.org');
  });

  it('can be viewed as page, text and source', async () => {
    const { page, mail } = await open({ query: '&view=web' });
    await says(mail, /this is issue 1/);
    expect(await page.locator('#frame').getAttribute('title')).toBe('Web page');
    await page.getByRole('radio', { name: 'Text' }).check();
    await expect.poll(() => page.locator('pre.text').innerText()).toMatch(/^TEST WEEKLY/);
    await page.getByRole('radio', { name: 'Source' }).check();
    await page.getByRole('radio', { name: 'Message' }).check();
    await expect
      .poll(() => page.locator('pre.text').innerText())
      .toMatch(/^From: "Jane Doe"[\s\S]*List-Unsubscribe: </m);
    await page.getByRole('radio', { name: 'MJML' }).check();
    await expect.poll(() => page.locator('pre.text').innerText()).toMatch(/^<mjml/);
  });

  it('shows the Gmail clip line', async () => {
    const long = `  - type: intro\n    body: "${'word '.repeat(25_000)}"\n`;
    const { mail } = await open({ files: { [FILE]: issueText(1, 'One') + long } });
    await says(mail, /Gmail clips the message here/);
  });

  it('cannot run scripts', async () => {
    const attack = '<img src=x onerror=parent.hacked=1><script>parent.hacked=1</script>';
    const template = `<mj-section><mj-column><mj-raw>${attack}</mj-raw><mj-text>here</mj-text></mj-column></mj-section>`;
    const { page, mail } = await open({
      files: { 'templates/sections/intro/email.mjml.hbs': template, [FILE]: issueText(1, attack) },
    });
    await says(mail, /here/);
    await page.getByRole('radio', { name: 'Phone' }).check();
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  });
});

describe('the page', () => {
  it('works with the keyboard alone', async () => {
    const { page, mail } = await open();
    await says(mail, /this is issue 1/);
    await page.keyboard.press('k');
    await says(mail, /this is issue 2/);
    await page.keyboard.press('j');
    await says(mail, /this is issue 1/);
    await page.keyboard.press('p');
    await page.keyboard.press('c');
    await page.keyboard.press('i');
    await page.keyboard.press('3');
    expect(query(page)).toBe('?issue=1&view=text&width=phone&scheme=dark&pictures=off');
    await page.keyboard.press('?');
    expect(await page.locator('#help').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    const isThere = () =>
      mail
        .locator('table')
        .first()
        .evaluate((one) => one.ownerDocument.readyState);
    await expect.poll(isThere).toBe('complete');
    expect(query(page)).not.toMatch(/view/);
    await mail.locator('body').click();
    await page.keyboard.press('d');
    await expect.poll(() => query(page)).not.toMatch(/width/);
    await page.goBack();
    await expect.poll(() => page.locator('[aria-current=page]').innerText()).toMatch(/#2/);
  });

  it('sends a test through the transport of the newsletter', async () => {
    const smtp = await startSmtpEndpoint();
    const { page } = await open({ config: { send: { transport: 'smtp' } }, env: { SMTP_URL: smtp.url } });
    await page.getByRole('button', { name: 'Send me a test' }).click();
    await expect.poll(() => page.locator('#test').innerText()).toMatch(/Sends one real email through smtp/);
    await page.getByLabel('Address').fill('grace@example.org');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect
      .poll(() => page.locator('#test .answer').innerText())
      .toMatch(/^Sent to grace@example\.org\.$/);
    expect(smtp.messages).toHaveLength(1);
    expect(String(smtp.messages[0]?.raw)).toMatch(/^Subject: \[Test\] Test Weekly: Issue #1/m);
    await page.reload();
    expect(await page.getByLabel('Address').inputValue()).toBe('grace@example.org');
  });

  it('reports why a test was not sent', async () => {
    const bad = issueText(1, 'One').replace('{{default first_name "there"}}', '{{frist_name}}');
    const { page } = await open({ files: { [FILE]: bad } });
    await page.keyboard.press('s');
    await page.getByLabel('Address').fill('grace@example.org');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#test .answer').innerText()).toMatch(/frist_name/);
  });

  it.each([
    { scheme: 'light', width: 1300 },
    { scheme: 'dark', width: 1300 },
    { scheme: 'light', width: 400 },
    { scheme: 'dark', width: 900 },
  ] as const)('has no axe violations: $scheme, $width pixels wide', async ({ scheme, width }) => {
    const bad = issueText(1, 'One').replace('a story', 'here');
    const { page, mail } = await open({ scheme, width, bypassCSP: true, files: { [FILE]: bad } });
    await says(mail, /this is issue 1/);
    await page.getByRole('button', { name: /link\/text/ }).waitFor();
    expect((await audit(page)).violations).toEqual([]);
    await page.keyboard.press('4');
    await page.locator('.line-of').first().waitFor();
    await page.keyboard.press('s');
    expect((await audit(page)).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  it('works after a reload, in a second tab, and in a second browser with the next URL', async () => {
    const { context, page, mail, url, talk, noise } = await open();
    await says(mail, /this is issue 1/);
    expect(new URL(page.url()).searchParams.has('key')).toBe(false);
    await page.reload();
    await says(mail, /this is issue 1/);
    const tab = await context.newPage();
    await tab.goto(`${url}/?issue=2`);
    await says(tab.frameLocator('#frame'), /this is issue 2/);
    const other = await (await browser.newContext()).newPage();
    await other.goto(url);
    expect(await other.locator('body').innerText()).toMatch(/Open the address that obn preview printed last/);
    await other.goto(/another browser: (\S+)/.exec(talk())?.[1] ?? '');
    await says(other.frameLocator('#frame'), /this is issue/);
    await other.context().close();
    expect(noise).toEqual([]);
  });

  it('reports that the preview has stopped', async () => {
    const { page, mail, child, result } = await open();
    await says(mail, /this is issue 1/);
    child.kill('SIGINT');
    const { code } = await result;
    expect(code).toBe(0);
    await expect.poll(() => page.locator('.lost').innerText()).toMatch(/The preview has stopped/);
  });
});
