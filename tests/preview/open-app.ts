import { systemClock } from '../../src/platform/clock.js';
import { Access } from '../../src/preview/access.js';
import { createApp } from '../../src/preview/app.js';
import { Changes } from '../../src/preview/events.js';
import type { TestResult } from '../../src/preview/protocol.js';
import { type Actions, Viewer } from '../../src/preview/viewer.js';
import { Workspace } from '../../src/preview/workspace.js';
import { makeNewsletter } from '../support/newsletter.js';

export const HOST = '127.0.0.1:4800';
export const TOKEN = 'the-token';
export const BOOKMARKLET_TOKEN = 'the-token-of-the-bookmarklet';

/** The preview of a newsletter, and a browser that was let in. */
export async function openApp(files: Readonly<Record<string, string>> = {}) {
  const newsletter = makeNewsletter(files);
  const sent: string[] = [];
  const bugs: unknown[] = [];
  const actions: Actions = {
    transport: () => ({ name: 'smtp', live: true }),
    states: async () => ({ states: new Map([[1, 'sent']]) }),
    secret: () => 'secret',
    sendTest: async (issue, address): Promise<TestResult> => {
      sent.push(`${issue} ${address}`);
      return { address, result: 'accepted', detail: 'id' };
    },
  };
  const workspace = new Workspace(newsletter.root, { OBN_SECRET: 'x' });
  const viewer = new Viewer(workspace, actions, systemClock);
  const used: string[] = [];
  const access = new Access(() => used.push('key'));
  const onBug = (bug: unknown) => bugs.push(bug);
  const collected: string[] = [];
  const bookmarklet = {
    token: async (): Promise<string | undefined> => BOOKMARKLET_TOKEN,
    add: async (url: string) => `Added ${collected.push(url)}`,
  };
  const app = createApp({ viewer, changes: new Changes(), access, token: TOKEN, bookmarklet, onBug });
  const stranger = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    app.request(`http://${HOST}${path}`, { ...init, headers: { host: HOST, ...headers } });
  const admit = (page = '/') => access.admit(`http://${HOST}${page}`).replace(`http://${HOST}`, '');
  const cookie = cookieOf(await stranger(admit()));
  const ask: typeof stranger = (path, headers, init) => stranger(path, { cookie, ...headers }, init);
  const test = (headers: Record<string, string>, address = 'me@example.com') =>
    ask('/api/issues/1/test', headers, { method: 'POST', body: JSON.stringify({ address }) });
  return { ...newsletter, ask, stranger, admit, cookie, used, test, sent, collected, bugs, workspace };
}

export const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';
