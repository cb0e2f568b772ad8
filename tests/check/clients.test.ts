import { describe, expect, it } from 'vitest';
import { unsupportedIn } from '../../src/check/clients.js';
import { openNewsletter } from '../../src/config/load.js';
import { listIssueFiles, openIssue } from '../../src/issue/store.js';
import { fillText } from '../../src/render/fill.js';
import { renderIssue } from '../../src/render/render.js';

describe('features that email clients support', () => {
  it('include everything that the templates use, in every sample issue', async () => {
    const newsletter = await openNewsletter(process.cwd(), {
      OBN_SECRET: 'secret',
      SMTP_URL: 'smtp://localhost',
    });
    const files = await listIssueFiles(newsletter);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const { html } = await renderIssue(await openIssue(file), newsletter);
      expect(await unsupportedIn(fillText(html, { unsubscribe_url: 'https://n.example/u' }))).toEqual([]);
    }
  });

  it('exclude what a client does not support', async () => {
    const found = await unsupportedIn(
      '<p style="display:grid">Hi</p><video src="https://a.example/v"></video>',
    );
    expect(found.map(({ feature }) => feature).sort()).toEqual(['<video> element', 'display:grid']);
    expect(found[0]?.clients.join()).toMatch(/Gmail|Outlook/);
  });
});
