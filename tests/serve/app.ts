import { onTestFinished } from 'vitest';
import { openNewsletter } from '../../src/config/load.js';
import { openLedger } from '../../src/ledger/table.js';
import { ConfirmationTokens, UnsubscribeTokens } from '../../src/message/token.js';
import { type Clock, systemClock } from '../../src/platform/clock.js';
import { type AppOptions, createApp } from '../../src/serve/app.js';
import { makeNewsletter } from '../support/newsletter.js';
import { SECRET } from '../support/secret.js';

export { SECRET };
export const NOON = Date.UTC(2026, 5, 1, 12);

export interface OpenOptions extends Partial<AppOptions> {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** What `app.request` is called with, and from where. */
export interface Ask {
  readonly body?: string | FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly from?: string;
}

/** The service with a real ledger, a movable clock and a mailbox instead of a mail server. */
export async function openApp({ config = {}, files, env, ...options }: OpenOptions = {}) {
  const folder = makeNewsletter(files, { config });
  const newsletter = await openNewsletter(folder.root, { OBN_SECRET: SECRET, ...env });
  const ledger = await openLedger('sqlite:ledger.db', folder.root, { create: true });
  onTestFinished(() => ledger.close());
  let now = NOON;
  const clock: Clock = { ...systemClock, now: () => now };
  const mails: { address: string; link: string }[] = [];
  const log: string[] = [];
  const bugs: unknown[] = [];
  const app = await createApp({
    newsletter,
    store: ledger,
    clock,
    invite: async (address, link) => {
      mails.push({ address, link });
    },
    later: (task) => task(),
    client: ({ env }) => (env as { from: string }).from,
    onAccess: (line) => log.push(JSON.stringify(line)),
    onBug: (bug) => bugs.push(bug),
    ...options,
  });
  const list = newsletter.config.newsletter.id;
  const ask = (method: string, path: string, { from = '192.0.2.1', ...init }: Ask = {}) =>
    app.request(path, { method, ...init }, { from });
  return {
    ...folder,
    newsletter,
    ledger,
    app,
    mails,
    log,
    bugs,
    move: (ms: number) => {
      now += ms;
    },
    tokens: new UnsubscribeTokens(SECRET, list),
    confirmations: new ConfirmationTokens(SECRET, list),
    get: (path: string, more?: Ask) => ask('GET', path, more),
    ask,
    /** Sends a form as a browser does. */
    post: (path: string, fields: Readonly<Record<string, string>> | string[][] = {}, more: Ask = {}) =>
      ask('POST', path, {
        body: new URLSearchParams(fields as Record<string, string>).toString(),
        ...more,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...more.headers },
      }),
  };
}

export const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };

/** The path and the query of an address. */
export function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return pathname + search;
}

export function headingOf(html: string): string {
  return (/<h1[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '').replace(/<[^>]*>/g, '');
}
