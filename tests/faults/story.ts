import type { Counts } from '../../src/ledger/send.js';
import { withOwnEnd } from '../support/finished.js';
import type { NewsletterOptions, TestNewsletter } from '../support/newsletter.js';
import { type Frozen, TIMEOUT_MS } from './frozen.js';
import { type FinalRecord, readRecord } from './record.js';
import type { Server } from './server.js';
import { turns } from './turns.js';

/** How a run of `obn send --json` has ended. */
export interface Run {
  readonly code: number | null;
  readonly stderr: string;
  readonly state: string;
  readonly deliveries: Counts;
}

/** Runs `obn send` to its end. */
export async function send(
  { root }: TestNewsletter,
  { transport, env, run }: Pick<Server, 'transport' | 'env' | 'run'>,
  ...more: string[]
): Promise<Run> {
  const args = ['send', '1', '--transport', transport, '--yes', '--json', ...more];
  const result = await run(root, args, { env, timeoutMs: TIMEOUT_MS });
  const { state, deliveries } = result.json<{ state: string; deliveries: Counts }>();
  return { code: result.code, stderr: result.stderr, state, deliveries };
}

export interface Told extends FinalRecord {
  /** One run for each chapter. */
  readonly runs: readonly Run[];
}

export interface Story<Handler> {
  readonly frozen: Frozen;
  readonly config?: NewsletterOptions['config'];
  readonly server: Promise<Server<Handler>>;
  /** What goes wrong in each run; without a handler nothing does. */
  readonly chapters: readonly (Handler | undefined)[];
  /** Flags of the runs in which something goes wrong. */
  readonly flags?: readonly string[];
}

/** More processes at once would only be in each other's way. */
const inTurn = turns(6);

/** Runs `obn send` again and again on one ledger, and sees in the end what has become of everybody. */
export function tell<Handler>({
  frozen,
  config,
  server,
  chapters,
  flags = [],
}: Story<Handler>): Promise<Told> {
  const told = withOwnEnd(async () => {
    const newsletter = frozen.open(config);
    await using other = await server;
    const runs: Run[] = [];
    for (const handler of chapters) {
      other.fault(handler);
      runs.push(await inTurn(() => send(newsletter, other, ...(handler ? flags : []))));
    }
    const record = await readRecord(newsletter.path('.obn/ledger.db'), frozen.readers, other.taken());
    return { ...record, runs };
  });
  // Whoever waits for it first may do so later than it fails.
  told.catch(() => undefined);
  return told;
}
