import { DELIVERY_STATES, type DeliveryState } from '../../src/ledger/send.js';
import { type ObnResult, spawnObn } from '../support/cli.js';
import { makeNewsletter } from '../support/newsletter.js';
import { PostgresServer } from '../support/postgres/server.js';
import { type SesEndpoint, type SesFault, startSesEndpoint } from '../support/ses-endpoint.js';
import { plainAudience } from './audience.js';
import { Random } from './random.js';

const PROCESSES = 4;
const TIMEOUT_MS = 550_000;
const SEND = ['send', '1', '--transport', 'ses', '--yes', '--json'];
const REJECTED = { status: 400, type: 'MessageRejected', message: 'This one is not taken.' };

/** What goes wrong at the other side, in so many of a thousand requests. */
const FAULTS: readonly (readonly [perThousand: number, fault: SesFault])[] = [
  [10, 'reset-after'],
  [5, 'error-after'],
  [5, 'reset-before'],
  [10, REJECTED],
];

/** What is left when four processes have sent from one ledger. */
export interface Shared {
  readonly counts: Readonly<Record<DeliveryState, number>>;
  /** How many messages were one too many. */
  readonly doubled: number;
  /** Of how many readers the ledger does not say what the other side knows. */
  readonly unaccounted: number;
  /** The most messages that were handed over within a second. */
  readonly most: number;
  readonly seconds: number;
  /** How often a process has reported a lost server. */
  readonly notices: number;
  /** How processes have ended that should not have ended so. */
  readonly problems: readonly string[];
}

/**
 * Sends with four processes on one PostgreSQL ledger; kills one of them when a fifth has arrived, and restarts the server
 * when two fifths have.
 * @param rate what the account may send in a second
 */
export async function playShared(count: number, rate: number): Promise<Shared> {
  const server = await PostgresServer.start();
  const arrivals: number[] = [];
  const random = new Random('faults');
  const ses = await startSesEndpoint({
    account: { maxSendRate: rate },
    latencyMs: 20,
    fault: ({ operation }) => {
      if (operation !== 'SendEmail') return undefined;
      arrivals.push(performance.now());
      return drawn(random);
    },
  });
  try {
    const url = await server.createDatabase();
    const audience = plainAudience(count);
    const { root } = makeNewsletter({ 'subscribers.csv': audience.csv });
    const began = performance.now();
    const env = { ...ses.env, OBN_LEDGER: url };
    const running = Array.from({ length: PROCESSES }, () =>
      spawnObn(root, SEND, { env, timeoutMs: TIMEOUT_MS }),
    );
    const ends = Promise.all(running.map(({ result }) => result));
    await arrived(arrivals, count / 5, ends);
    running[0]?.child.kill('SIGKILL');
    await arrived(arrivals, (2 * count) / 5, ends);
    await server.end('fast');
    await server.begin();
    const results = await ends;
    const seconds = Math.round((performance.now() - began) / 1000);
    const rows = await server.ask<{ key: string; state: DeliveryState }>(
      url,
      'select key, state from obn.delivery',
    );
    const states = new Map(rows.map(({ key, state }) => [key, state]));
    return {
      ...judge(audience.readers, states, ses),
      ...told(results),
      most: mostInASecond(arrivals),
      seconds,
    };
  } finally {
    await ses.close();
    await server.remove();
  }
}

function drawn(random: Random): SesFault | undefined {
  let at = random.below(1000);
  for (const [share, fault] of FAULTS) {
    if (at < share) return fault;
    at -= share;
  }
  return undefined;
}

/** Resolves when so many have arrived, or when nobody sends any more. */
async function arrived(arrivals: readonly number[], count: number, ends: Promise<unknown>): Promise<void> {
  let over = false;
  const done = () => {
    over = true;
  };
  ends.then(done, done);
  while (!over && arrivals.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
}

function judge(readers: readonly string[], states: ReadonlyMap<string, DeliveryState>, ses: SesEndpoint) {
  const got = new Set(ses.messages.map(({ to }) => to));
  const known = new Set(readers);
  const allowed = (address: string) => [got.has(address) ? 'accepted' : 'rejected', 'unknown'];
  const wrong = readers.filter((address) => !allowed(address).includes(states.get(address) ?? ''));
  const strangers = [...states.keys()].filter((key) => !known.has(key));
  const of = (state: DeliveryState) => [...states.values()].filter((one) => one === state).length;
  const counts = Object.fromEntries(DELIVERY_STATES.map((state) => [state, of(state)]));
  return {
    doubled: ses.messages.length - got.size,
    unaccounted: wrong.length + strangers.length,
    counts: counts as Shared['counts'],
  };
}

function told(results: readonly ObnResult[]): Pick<Shared, 'notices' | 'problems'> {
  const notices = results.filter(({ stderr }) => /^Lost the connection to the ledger /m.test(stderr)).length;
  const odd = /\(node:\d+\)|^\s+at .+:\d+|\w*Error\b|undefined|NaN/m;
  const problems = results.flatMap(({ code, signal, stderr }, index) => {
    const wanted = index === 0 ? signal === 'SIGKILL' : code === 1;
    return wanted && !odd.test(stderr) ? [] : [`process ${index} ended with ${code ?? signal}: ${stderr}`];
  });
  return { notices, problems };
}

/** The most of these moments, in milliseconds, that lie within a second. */
export function mostInASecond(moments: readonly number[]): number {
  let most = 0;
  for (let first = 0, last = 0; last < moments.length; last++) {
    while ((moments[last] ?? 0) - (moments[first] ?? 0) >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}
