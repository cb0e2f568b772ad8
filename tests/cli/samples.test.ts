import { describe, expect, it } from 'vitest';
import { SAMPLE_LIST } from '../../src/audience/samples.js';
import { obn } from '../support/cli-here.js';
import { makeNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

const HEADER = 'email,first_name,last_name,status,tags,subscribed_at\n';
const REAL = 'real@example.com,Real,,subscribed,,2026-01-01\n';

describe('the sample readers of obn init', () => {
  it('are on the list of a new newsletter', async () => {
    const { root, read } = makeNewsletter();
    await obn(root, ['init', 'new', '--yes']);
    expect(read('new/subscribers.csv')).toBe(SAMPLE_LIST);
  });

  it('are mailed in a rehearsal, and never live', async () => {
    const ses = await startSesEndpoint();
    const { root } = makeNewsletter({ 'subscribers.csv': SAMPLE_LIST + REAL });
    expect((await obn(root, ['send', '1', '--json'])).json()).toMatchObject({ audience: { eligible: 4 } });
    const live = await obn(root, ['send', '1', '--transport', 'ses', '--yes', '--json'], { env: ses.env });
    expect(live.json()).toMatchObject({
      audience: { eligible: 1, excluded: { sample: 3, unsubscribed: 1 } },
    });
    expect(live.stderr).toContain('ada@example.com is a sample reader of obn init');
    expect(ses.messages.map(({ to }) => to)).toEqual(['real@example.com']);
  });

  it('leave others with the same address or name alone', async () => {
    const ses = await startSesEndpoint();
    const list = `${HEADER}ada@example.com,Ada,Lovelace,subscribed,,2026-01-01\n`;
    const { root } = makeNewsletter({ 'subscribers.csv': list });
    const args = ['send', '1', '--transport', 'ses', '--yes', '--json'];
    expect((await obn(root, args, { env: ses.env })).json()).toMatchObject({ audience: { eligible: 1 } });
  });

  it('are removed when the first reader is added, even one of the sample addresses', async () => {
    const { root, read } = makeNewsletter({ 'subscribers.csv': SAMPLE_LIST });
    expect((await obn(root, ['subscribers', 'add', 'ada@example.com'])).code).toBe(0);
    expect(read('subscribers.csv')).toMatch(
      /^email,first_name,last_name,status,tags,subscribed_at\nada@example\.com,,,subscribed,,[^\n]+\n$/,
    );
  });

  it('make way for the first import that has a reader', async () => {
    const { root, read } = makeNewsletter({
      ...{ 'subscribers.csv': SAMPLE_LIST, 'left.csv': 'email,unsubscribed\na@x.co,yes\n' },
      'export.csv': 'email,first_name\nada@example.com,Ada\nb@x.co,B\n',
    });
    await obn(root, ['subscribers', 'import', 'left.csv', '--yes']);
    expect(read('subscribers.csv')).toBe(SAMPLE_LIST);
    const run = await obn(root, ['subscribers', 'import', 'export.csv', '--yes']);
    expect(run.stderr).toContain('4 sample readers of obn init removed');
    expect(read('subscribers.csv')).toBe(
      `${HEADER}ada@example.com,Ada,,subscribed,,\nb@x.co,B,,subscribed,,\n`,
    );
  });
});
