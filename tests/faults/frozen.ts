import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { obn } from '../support/cli.js';
import { withOwnEnd } from '../support/finished.js';
import { makeNewsletter, type NewsletterOptions, type TestNewsletter } from '../support/newsletter.js';
import { startSesEndpoint } from '../support/ses-endpoint.js';

/** Long enough for a story, on a machine that has much else to do. */
export const TIMEOUT_MS = 300_000;

/** A send whose audience is frozen and of which nothing has gone out. */
export interface Frozen {
  /** The addresses, reader1@example.com and so on. */
  readonly readers: readonly string[];
  /** A newsletter of its own that goes on from there. */
  open(config?: NewsletterOptions['config']): TestNewsletter;
}

/** There is no issue and no list any more: going on needs neither, and is quicker without rendering again. */
const GONE = { 'issues/001-first.yaml': null, 'issues/002-second.yaml': null, 'subscribers.csv': null };

/** Freezes a send to so many readers, by way of a provider that refuses all of it. */
export function freeze(count: number): Promise<Frozen> {
  return withOwnEnd(async () => {
    const { root, path } = makeNewsletter({}, { readers: count });
    await using ses = await startSesEndpoint();
    ses.fault(({ operation }) =>
      operation === 'GetAccount' ? undefined : { status: 404, type: 'NotFoundException', message: '' },
    );
    const args = ['send', '1', '--transport', 'ses', '--yes', '--json'];
    const { json } = await obn(root, args, { env: ses.env, timeoutMs: TIMEOUT_MS });
    expect(json()).toMatchObject({ state: 'paused', deliveries: { queued: count } });
    const ledger = readFileSync(path('.obn/ledger.db'));
    return {
      readers: Array.from({ length: count }, (_, at) => `reader${at + 1}@example.com`),
      open(config) {
        const newsletter = makeNewsletter(GONE, config ? { config } : {});
        newsletter.write('.obn/ledger.db', ledger);
        return newsletter;
      },
    };
  });
}
