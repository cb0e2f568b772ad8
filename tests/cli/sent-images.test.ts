import { existsSync, readdirSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { obn } from '../support/cli-here.js';
import { issueText, makeNewsletter } from '../support/newsletter.js';
import { png } from '../support/picture.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';
import { startSmtpEndpoint } from '../support/smtp-endpoint.js';
import { answer, startWebServer } from '../support/web-server.js';

const IMAGE = png(600, 300);
const WITH_IMAGES = `${issueText(1, 'One')}  - type: image
    src: images/here now.png
    alt: A drawing of two clouds
  - type: closing
    body: "And ![a drawing of a hill](images/hill.png), and again ![two clouds](images/here%20now.png)"
`;

function newsletterWith(config: Record<string, unknown> = {}) {
  const issue = WITH_IMAGES.replace('images/here%20now.png', 'images/hill.png');
  const newsletter = makeNewsletter({ 'issues/001-first.yaml': issue }, { config });
  newsletter.write('issues/images/here now.png', IMAGE);
  newsletter.write('issues/images/hill.png', png(300, 300));
  return newsletter;
}

const LIVE = ['send', '1', '--transport', 'smtp', '--yes'];
const PATHS = { '/images/here%20now.png': answer(200), '/images/hill.png': answer(200) };

describe('the archive', () => {
  it('has the images of issues that may be sent before their pages are public, and of no draft', async () => {
    const later = (number: number, image: string, draft = '') =>
      `${issueText(number, 'Later').replace(/date: .*/, `date: 2199-01-01${draft}`)}  - { type: image, src: images/${image}.png, alt: A drawing }\n`;
    const newsletter = makeNewsletter({
      'issues/003-later.yaml': later(3, 'later'),
      'issues/004-draft.yaml': later(4, 'secret', '\ndraft: true'),
    });
    for (const name of ['later', 'secret']) newsletter.write(`issues/images/${name}.png`, IMAGE);
    const built = await obn(newsletter.root, ['archive', '--check']);
    expect([built.code, built.stderr]).toEqual([0, 'No broken links.\n']);
    expect(readdirSync(newsletter.path('site/images'))).toEqual(['later.png']);
    // Pages show other sizes, which there is no page for yet.
    expect(existsSync(newsletter.path('site/pictures'))).toBe(false);
    expect(existsSync(newsletter.path('site/issues/3'))).toBe(false);
    newsletter.write('issues/003-later.yaml', later(3, 'later', '\ndraft: true'));
    await obn(newsletter.root, ['archive']);
    expect(existsSync(newsletter.path('site/images/later.png'))).toBe(false);
  });
});

describe('a test email', () => {
  it.each(['smtp', 'ses'] as const)('through %s contains the images of the newsletter', async (transport) => {
    const smtp = await startSmtpEndpoint();
    const ses = await startSesEndpoint();
    const { root } = newsletterWith();
    const args = ['send', '1', '--test', 'me@example.com', '--transport', transport, '--json'];
    const { code, stderr, json } = await obn(root, args, { env: { ...ses.env, SMTP_URL: smtp.url } });
    expect(code).toBe(0);
    expect(stderr).toMatch(/Images: 2 embedded in the test \([\d.]+ kB\), 0 loaded from the web\./);
    expect(json()).toMatchObject({ images: { embedded: 2, linked: 0, bytes: expect.any(Number) } });
    const [message] = transport === 'smtp' ? smtp.messages : ses.messages;
    const raw = String(message?.raw);
    expect(raw.split('\r\n').every((line) => line.length <= 76 || /^[A-Z][\w-]*:|^ /.test(line))).toBe(true);
    const mail = await simpleParser(raw, { skipImageLinks: true });
    const shown = [...String(mail.html).matchAll(/src="cid:([^"]+)"/g)].map(([, id]) => id);
    expect(shown).toHaveLength(3);
    expect(new Set(shown)).toEqual(new Set(mail.attachments.map(({ cid }) => cid)));
    for (const { contentType, related, contentDisposition, content } of mail.attachments) {
      expect([contentType, related, contentDisposition]).toEqual(['image/png', true, 'inline']);
      expect(content.subarray(1, 4).toString()).toBe('PNG');
    }
    expect(mail.html).not.toContain('weekly.example.com/images');
    expect(mail.text).toContain('this is issue 1');
  });

  it('links images that cannot be embedded, and says so', async () => {
    const ses = await startSesEndpoint();
    const { root } = newsletterWith({ ses: { mode: 'bulk' } });
    const args = ['send', '1', '--test', 'me@example.com', '--transport', 'ses'];
    const { code, stderr } = await obn(root, args, { env: ses.env });
    expect([code, stderr]).toEqual([0, expect.stringContaining('none embedded, 2 loaded from the web')]);
  });
});

describe('a live send', () => {
  it('begins when every image answers, and not before', async () => {
    const smtp = await startSmtpEndpoint();
    const paths: Record<string, ReturnType<typeof answer>> = {};
    await using server = await startWebServer(paths);
    const { root } = newsletterWith({ newsletter: { url: server.url } });
    const env = { SMTP_URL: smtp.url };
    const refused = await obn(root, LIVE, { env });
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`${server.url}/images/here%20now.png answers 404 Not Found`);
    expect(refused.stderr).toMatch(/obn archive[\s\S]*--skip-image-check/);
    expect(smtp.messages).toHaveLength(0);
    const planned = await obn(root, [...LIVE, '--dry-run'], { env });
    expect([planned.code, planned.stderr]).toEqual([
      0,
      expect.stringContaining('Would not send: some images do not load'),
    ]);
    Object.assign(paths, PATHS);
    expect((await obn(root, LIVE, { env })).code).toBe(0);
    expect(smtp.messages).toHaveLength(5);
    expect(new Set(server.requests.map((request) => request.split(' ')[1]))).toEqual(
      new Set(Object.keys(PATHS)),
    );
  });

  it('skips the check with --skip-image-check', async () => {
    const smtp = await startSmtpEndpoint();
    const { root } = newsletterWith({ newsletter: { url: 'http://127.0.0.1:9' } });
    const env = { SMTP_URL: smtp.url };
    expect((await obn(root, LIVE, { env })).stderr).toMatch(/refuses the connection/);
    expect((await obn(root, [...LIVE, '--skip-image-check'], { env })).code).toBe(0);
    expect(smtp.messages).toHaveLength(5);
  });

  it('that has begun is not blocked by missing images', async () => {
    const smtp = await startSmtpEndpoint();
    const paths: Record<string, ReturnType<typeof answer>> = { ...PATHS };
    await using server = await startWebServer(paths);
    const { root } = newsletterWith({ newsletter: { url: server.url } });
    const env = { SMTP_URL: smtp.url };
    expect((await obn(root, [...LIVE, '--limit', '2'], { env })).code).toBe(4);
    for (const path of Object.keys(PATHS)) delete paths[path];
    expect((await obn(root, LIVE, { env })).code).toBe(0);
    expect(smtp.messages).toHaveLength(5);
  });

  it('is rehearsed in the outbox without a request', async () => {
    await using server = await startWebServer({});
    const { root } = newsletterWith({ newsletter: { url: server.url } });
    expect((await obn(root, ['send', '1', '--yes'])).code).toBe(0);
    expect(server.requests).toEqual([]);
  });
});
